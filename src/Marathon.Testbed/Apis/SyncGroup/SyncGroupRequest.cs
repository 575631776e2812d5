using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.SyncGroup;

internal sealed class SyncGroupRequest : IMessage
{
    public string GroupId { get; set; } = "";

    public int GenerationId { get; set; }

    public string MemberId { get; set; } = "";

    public string? GroupInstanceId { get; set; }

    public string? ProtocolType { get; set; }

    public string? ProtocolName { get; set; }

    public List<Assignment> Assignments { get; set; } = [];

    public void Exchange(Wire wire)
    {
        GroupId = wire.String(GroupId);
        GenerationId = wire.Int32(GenerationId);
        MemberId = wire.String(MemberId);
        if (wire.Version >= 3)
            GroupInstanceId = wire.NullableString(GroupInstanceId);
        if (wire.Version >= 5)
        {
            ProtocolType = wire.NullableString(ProtocolType);
            ProtocolName = wire.NullableString(ProtocolName);
        }

        Assignments = wire.Array(Assignments);
    }

    internal sealed class Assignment : IMessage
    {
        public string MemberId { get; set; } = "";

        public ReadOnlyMemory<byte> Bytes { get; set; }

        public void Exchange(Wire wire)
        {
            MemberId = wire.String(MemberId);
            Bytes = wire.Bytes(Bytes);
        }
    }
}
