using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.JoinGroup;

internal sealed class JoinGroupResponse : IMessage
{
    public int ThrottleTimeMs { get; set; }

    public ErrorCode Error { get; set; }

    public int GenerationId { get; set; } = -1;

    public string? ProtocolType { get; set; }

    public string? ProtocolName { get; set; }

    public string Leader { get; set; } = "";

    public bool SkipAssignment { get; set; }

    public string MemberId { get; set; } = "";

    public List<Member> Members { get; set; } = [];

    public void Exchange(Wire wire)
    {
        if (wire.Version >= 2)
            ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
        Error = wire.Error(Error);
        GenerationId = wire.Int32(GenerationId);
        if (wire.Version >= 7)
            ProtocolType = wire.NullableString(ProtocolType);
        ProtocolName = wire.Version >= 7 ? wire.NullableString(ProtocolName) : wire.String(ProtocolName ?? "");
        Leader = wire.String(Leader);
        if (wire.Version >= 9)
            SkipAssignment = wire.Bool(SkipAssignment);
        MemberId = wire.String(MemberId);
        Members = wire.Array(Members);
    }

    internal sealed class Member : IMessage
    {
        public string MemberId { get; set; } = "";

        public string? GroupInstanceId { get; set; }

        public ReadOnlyMemory<byte> Metadata { get; set; }

        public void Exchange(Wire wire)
        {
            MemberId = wire.String(MemberId);
            if (wire.Version >= 5)
                GroupInstanceId = wire.NullableString(GroupInstanceId);
            Metadata = wire.Bytes(Metadata);
        }
    }
}
