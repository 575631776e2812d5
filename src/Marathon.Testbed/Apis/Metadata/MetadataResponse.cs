using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.Metadata;

internal sealed class MetadataResponse : IMessage
{
    private const int NoAuthorizedOperations = int.MinValue;

    public int ThrottleTimeMs { get; set; }

    public List<BrokerEntry> Brokers { get; set; } = [];

    public string? ClusterId { get; set; }

    public int ControllerId { get; set; } = -1;

    public List<TopicEntry> Topics { get; set; } = [];

    public void Exchange(Wire wire)
    {
        if (wire.Version >= 3)
            ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
        Brokers = wire.Array(Brokers);
        if (wire.Version >= 2)
            ClusterId = wire.NullableString(ClusterId);
        if (wire.Version >= 1)
            ControllerId = wire.Int32(ControllerId);
        Topics = wire.Array(Topics);
        if (wire.Version is >= 8 and <= 10)
            wire.Int32(NoAuthorizedOperations);
    }

    internal sealed class BrokerEntry : IMessage
    {
        public int NodeId { get; set; }

        public string Host { get; set; } = "";

        public int Port { get; set; }

        public void Exchange(Wire wire)
        {
            NodeId = wire.Int32(NodeId);
            Host = wire.String(Host);
            Port = wire.Int32(Port);
            if (wire.Version >= 1)
                wire.NullableString(null);
        }
    }

    internal sealed class TopicEntry : IMessage
    {
        public ErrorCode Error { get; set; }

        public string? Name { get; set; } = "";

        public Guid TopicId { get; set; }

        public bool IsInternal { get; set; }

        public List<PartitionEntry> Partitions { get; set; } = [];

        public void Exchange(Wire wire)
        {
            Error = wire.Error(Error);
            Name = wire.Version >= 12 ? wire.NullableString(Name) : wire.String(Name ?? "");
            if (wire.Version >= 10)
                TopicId = wire.Uuid(TopicId);
            if (wire.Version >= 1)
                IsInternal = wire.Bool(IsInternal);
            Partitions = wire.Array(Partitions);
            if (wire.Version >= 8)
                wire.Int32(NoAuthorizedOperations);
        }
    }

    internal sealed class PartitionEntry : IMessage
    {
        public ErrorCode Error { get; set; }

        public int Index { get; set; }

        public int LeaderId { get; set; }

        public int LeaderEpoch { get; set; } = -1;

        public List<int> Replicas { get; set; } = [];

        public List<int> Isr { get; set; } = [];

        public List<int> Offline { get; set; } = [];

        public void Exchange(Wire wire)
        {
            Error = wire.Error(Error);
            Index = wire.Int32(Index);
            LeaderId = wire.Int32(LeaderId);
            if (wire.Version >= 7)
                LeaderEpoch = wire.Int32(LeaderEpoch);
            Replicas = wire.Int32s(Replicas);
            Isr = wire.Int32s(Isr);
            if (wire.Version >= 5)
                Offline = wire.Int32s(Offline);
        }
    }
}
