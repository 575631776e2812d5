using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.OffsetForLeaderEpoch;

internal sealed class OffsetForLeaderEpochResponse : IMessage
{
    public int ThrottleTimeMs { get; set; }

    public List<Topic> Topics { get; set; } = [];

    public void Exchange(Wire wire)
    {
        ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
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
        public ErrorCode Error { get; set; }

        public int Index { get; set; }

        public int LeaderEpoch { get; set; } = -1;

        public long EndOffset { get; set; } = -1;

        public void Exchange(Wire wire)
        {
            Error = wire.Error(Error);
            Index = wire.Int32(Index);
            LeaderEpoch = wire.Int32(LeaderEpoch);
            EndOffset = wire.Int64(EndOffset);
        }
    }
}
