using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.ListOffsets;

internal sealed class ListOffsetsRequest : IMessage
{
    public const long Latest = -1;
    public const long Earliest = -2;
    public const long MaxTimestamp = -3;
    public const long EarliestLocal = -4;
    public const long LatestTiered = -5;

    public int ReplicaId { get; set; } = -1;

    public sbyte IsolationLevel { get; set; }

    public List<Topic> Topics { get; set; } = [];

    public void Exchange(Wire wire)
    {
        ReplicaId = wire.Int32(ReplicaId);
        if (wire.Version >= 2)
            IsolationLevel = wire.Int8(IsolationLevel);
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

        public int CurrentLeaderEpoch { get; set; } = -1;

        public long Timestamp { get; set; }

        public void Exchange(Wire wire)
        {
            Index = wire.Int32(Index);
            if (wire.Version >= 4)
                CurrentLeaderEpoch = wire.Int32(CurrentLeaderEpoch);
            Timestamp = wire.Int64(Timestamp);
        }
    }
}
