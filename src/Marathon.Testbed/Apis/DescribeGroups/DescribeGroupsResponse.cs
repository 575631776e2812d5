using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DescribeGroups;

internal sealed class DescribeGroupsResponse : IMessage
{
    public int ThrottleTimeMs { get; set; }

    public List<Group> Groups { get; set; } = [];

    public void Exchange(Wire wire)
    {
        if (wire.Version >= 1)
            ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
        Groups = wire.Array(Groups);
    }

    internal sealed class Group : IMessage
    {
        public ErrorCode Error { get; set; }

        public string GroupId { get; set; } = "";

        public string State { get; set; } = "";

        public string ProtocolType { get; set; } = "";

        public string ProtocolData { get; set; } = "";

        public List<Member> Members { get; set; } = [];

        public void Exchange(Wire wire)
        {
            Error = wire.Error(Error);
            GroupId = wire.String(GroupId);
            State = wire.String(State);
            ProtocolType = wire.String(ProtocolType);
            ProtocolData = wire.String(ProtocolData);
            Members = wire.Array(Members);
            if (wire.Version >= 3)
                wire.Int32(int.MinValue);
        }
    }

    internal sealed class Member : IMessage
    {
        public string MemberId { get; set; } = "";

        public string? GroupInstanceId { get; set; }

        public string ClientId { get; set; } = "";

        public string ClientHost { get; set; } = "";

        public ReadOnlyMemory<byte> Metadata { get; set; }

        public ReadOnlyMemory<byte> Assignment { get; set; }

        public void Exchange(Wire wire)
        {
            MemberId = wire.String(MemberId);
            if (wire.Version >= 4)
                GroupInstanceId = wire.NullableString(GroupInstanceId);
            ClientId = wire.String(ClientId);
            ClientHost = wire.String(ClientHost);
            Metadata = wire.Bytes(Metadata);
            Assignment = wire.Bytes(Assignment);
        }
    }
}
