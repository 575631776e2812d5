using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.OffsetForLeaderEpoch;

internal sealed class OffsetForLeaderEpochRequest : IMessage
{
    public int ReplicaId { get; set; } = -2;

    public List<Topic> Topics { get; set; } = [];

    public void Exchange(Wire wire)
    {
        if (wire.Version >= 3)
            ReplicaId = wire.Int32(ReplicaId);
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

        public int LeaderEpoch { get; set; }

        public void Exchange(Wire wire)
        {
            Index = wire.Int32(Index);
            CurrentLeaderEpoch = wire.Int32(CurrentLeaderEpoch);
            LeaderEpoch = wire.Int32(LeaderEpoch);
        }
    }
}
