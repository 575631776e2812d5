using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.OffsetCommit;

internal sealed class OffsetCommitRequest : IMessage
{
    public string GroupId { get; set; } = "";

    public int GenerationId { get; set; } = -1;

    public string MemberId { get; set; } = "";

    public string? GroupInstanceId { get; set; }

    public long RetentionTimeMs { get; set; } = -1;

    public List<Topic> Topics { get; set; } = [];

    public void Exchange(Wire wire)
    {
        GroupId = wire.String(GroupId);
        GenerationId = wire.Int32(GenerationId);
        MemberId = wire.String(MemberId);
        if (wire.Version >= 7)
            GroupInstanceId = wire.NullableString(GroupInstanceId);
        if (wire.Version <= 4)
            RetentionTimeMs = wire.Int64(RetentionTimeMs);
        Topics = wire.Array(Topics);
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

        public long Offset { get; set; }

        public int LeaderEpoch { get; set; } = -1;

        public string? Metadata { get; set; }

        public void Exchange(Wire wire)
        {
            Index = wire.Int32(Index);
            Offset = wire.Int64(Offset);
            if (wire.Version >= 6)
                LeaderEpoch = wire.Int32(LeaderEpoch);
            Metadata = wire.NullableString(Metadata);
        }
    }
}
