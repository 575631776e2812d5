using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.ListOffsets;

internal sealed class ListOffsetsResponse : IMessage
{
    public int ThrottleTimeMs { get; set; }

    public List<Topic> Topics { get; set; } = [];

    public void Exchange(Wire wire)
    {
        if (wire.Version >= 2)
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
        public int Index { get; set; }

        public ErrorCode Error { get; set; }

        public long Timestamp { get; set; } = -1;

        public long Offset { get; set; } = -1;

        public int LeaderEpoch { get; set; } = -1;

        public void Exchange(Wire wire)
        {
            Index = wire.Int32(Index);
            Error = wire.Error(Error);
            Timestamp = wire.Int64(Timestamp);
            Offset = wire.Int64(Offset);
            if (wire.Version >= 4)
                LeaderEpoch = wire.Int32(LeaderEpoch);
        }
    }
}
