using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.Fetch;

internal sealed class FetchRequest : IMessage
{
    public int ReplicaId { get; set; } = -1;

    public int MaxWaitMs { get; set; }

    public int MinBytes { get; set; }

    public int MaxBytes { get; set; } = int.MaxValue;

    /// <summary>0 reads uncommitted, 1 reads committed.</summary>
    public sbyte IsolationLevel { get; set; }

    public int SessionId { get; set; }

    public int SessionEpoch { get; set; } = -1;

    public List<Topic> Topics { get; set; } = [];

    public List<ForgottenTopic> Forgotten { get; set; } = [];

    public string RackId { get; set; } = "";

    public void Exchange(Wire wire)
    {
        if (wire.Version <= 14)
            ReplicaId = wire.Int32(ReplicaId);
        MaxWaitMs = wire.Int32(MaxWaitMs);
        MinBytes = wire.Int32(MinBytes);
        MaxBytes = wire.Int32(MaxBytes);
        IsolationLevel = wire.Int8(IsolationLevel);
        if (wire.Version >= 7)
        {
            SessionId = wire.Int32(SessionId);
            SessionEpoch = wire.Int32(SessionEpoch);
        }

        Topics = wire.Array(Topics);
        if (wire.Version >= 7)
            Forgotten = wire.Array(Forgotten);
        if (wire.Version >= 11)
            RackId = wire.String(RackId);
    }

    internal sealed class Topic : IMessage
    {
        public string Name { get; set; } = "";

        public Guid TopicId { get; set; }

        public List<Partition> Partitions { get; set; } = [];

        public void Exchange(Wire wire)
        {
            if (wire.Version <= 12)
                Name = wire.String(Name);
            else
                TopicId = wire.Uuid(TopicId);
            Partitions = wire.Array(Partitions);
        }
    }

    internal sealed class Partition : IMessage
    {
        public int Index { get; set; }

        public int CurrentLeaderEpoch { get; set; } = -1;

        public long FetchOffset { get; set; }

        public int LastFetchedEpoch { get; set; } = -1;

        public long LogStartOffset { get; set; } = -1;

        public int MaxBytes { get; set; }

        public void Exchange(Wire wire)
        {
            Index = wire.Int32(Index);
            if (wire.Version >= 9)
                CurrentLeaderEpoch = wire.Int32(CurrentLeaderEpoch);
            FetchOffset = wire.Int64(FetchOffset);
            if (wire.Version >= 12)
                LastFetchedEpoch = wire.Int32(LastFetchedEpoch);
            if (wire.Version >= 5)
                LogStartOffset = wire.Int64(LogStartOffset);
            MaxBytes = wire.Int32(MaxBytes);
        }
    }

    internal sealed class ForgottenTopic : IMessage
    {
        public string Name { get; set; } = "";

        public Guid TopicId { get; set; }

        public List<int> Partitions { get; set; } = [];

        public void Exchange(Wire wire)
        {
            if (wire.Version <= 12)
                Name = wire.String(Name);
            else
                TopicId = wire.Uuid(TopicId);
            Partitions = wire.Int32s(Partitions);
        }
    }
}
