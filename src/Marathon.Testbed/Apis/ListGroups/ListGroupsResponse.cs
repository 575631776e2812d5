using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.ListGroups;

internal sealed class ListGroupsResponse : IMessage
{
    public int ThrottleTimeMs { get; set; }

    public ErrorCode Error { get; set; }

    public List<Group> Groups { get; set; } = [];

    public void Exchange(Wire wire)
    {
        if (wire.Version >= 1)
            ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
        Error = wire.Error(Error);
        Groups = wire.Array(Groups);
    }

    internal sealed class Group : IMessage
    {
        public string GroupId { get; set; } = "";

        public string ProtocolType { get; set; } = "";

        public string State { get; set; } = "";

        public string Type { get; set; } = "classic";

        public void Exchange(Wire wire)
        {
            GroupId = wire.String(GroupId);
            ProtocolType = wire.String(ProtocolType);
            if (wire.Version >= 4)
                State = wire.String(State);
            if (wire.Version >= 5)
                Type = wire.String(Type);
        }
    }
}
