using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.JoinGroup;

internal sealed class JoinGroupRequest : IMessage
{
    public string GroupId { get; set; } = "";

    public int SessionTimeoutMs { get; set; }

    public int RebalanceTimeoutMs { get; set; } = -1;

    public string MemberId { get; set; } = "";

    public string? GroupInstanceId { get; set; }

    public string ProtocolType { get; set; } = "";

    public List<Protocol> Protocols { get; set; } = [];

    public string? Reason { get; set; }

    public void Exchange(Wire wire)
    {
        GroupId = wire.String(GroupId);
        SessionTimeoutMs = wire.Int32(SessionTimeoutMs);
        if (wire.Version >= 1)
            RebalanceTimeoutMs = wire.Int32(RebalanceTimeoutMs);
        MemberId = wire.String(MemberId);
        if (wire.Version >= 5)
            GroupInstanceId = wire.NullableString(GroupInstanceId);
        ProtocolType = wire.String(ProtocolType);
        Protocols = wire.Array(Protocols);
        if (wire.Version >= 8)
            Reason = wire.NullableString(Reason);
    }

    internal sealed class Protocol : IMessage
    {
        public string Name { get; set; } = "";

        public ReadOnlyMemory<byte> Metadata { get; set; }

        public void Exchange(Wire wire)
        {
            Name = wire.String(Name);
            Metadata = wire.Bytes(Metadata);
        }
    }
}
