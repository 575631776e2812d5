using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.OffsetFetch;

/// <summary>Up to version 7 the one group's fields stand in the response itself.</summary>
internal sealed class OffsetFetchResponse : IMessage
{
    public int ThrottleTimeMs { get; set; }

    public List<Group> Groups { get; set; } = [];

    public void Exchange(Wire wire)
    {
        if (wire.Version >= 3)
            ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
        if (wire.Version >= 8)
        {
            Groups = wire.Array(Groups);
            return;
        }

        if (Groups.Count == 0)
            Groups.Add(new Group());
        Groups[0].Topics = wire.Array(Groups[0].Topics);
        if (wire.Version >= 2)
            Groups[0].Error = wire.Error(Groups[0].Error);
    }

    internal sealed class Group : IMessage
    {
        public string GroupId { get; set; } = "";

        public List<Topic> Topics { get; set; } = [];

        public ErrorCode Error { get; set; }

        public void Exchange(Wire wire)
        {
            GroupId = wire.String(GroupId);
            Topics = wire.Array(Topics);
            Error = wire.Error(Error);
        }
    }

    internal sealed class Topic : IMessage
    {
        public string Name { get; set; } = "";

        public List<Partition> Partitions { get; set; } = [];

        public void Exchange(Wire wire)
        {
            Name = wire.String(Name);
            Partitions = wire.Array(Partitions);
        }
    }

    internal sealed class Partition : IMessage
    {
        public int Index { get; set; }

        public long CommittedOffset { get; set; } = -1;

        public int LeaderEpoch { get; set; } = -1;

        public string? Metadata { get; set; } = "";

        public ErrorCode Error { get; set; }

        public void Exchange(Wire wire)
        {
            Index = wire.Int32(Index);
            CommittedOffset = wire.Int64(CommittedOffset);
            if (wire.Version >= 5)
                LeaderEpoch = wire.Int32(LeaderEpoch);
            Metadata = wire.NullableString(Metadata);
            Error = wire.Error(Error);
        }
    }
}
