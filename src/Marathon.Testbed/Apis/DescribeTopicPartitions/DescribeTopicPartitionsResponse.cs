using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DescribeTopicPartitions;

internal sealed class DescribeTopicPartitionsResponse : IMessage
{
    public int ThrottleTimeMs { get; set; }

    public List<Topic> Topics { get; set; } = [];

    public PartitionCursor? NextCursor { get; set; }

    public void Exchange(Wire wire)
    {
        ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
        Topics = wire.Array(Topics);
        NextCursor = wire.NullableStruct(NextCursor);
    }

    internal sealed class Topic : IMessage
    {
        public ErrorCode Error { get; set; }

        public string? Name { get; set; }

        public Guid TopicId { get; set; }

        public bool IsInternal { get; set; }

        public List<Partition> Partitions { get; set; } = [];

        public void Exchange(Wire wire)
        {
            Error = wire.Error(Error);
            Name = wire.NullableString(Name);
            TopicId = wire.Uuid(TopicId);
            IsInternal = wire.Bool(IsInternal);
            Partitions = wire.Array(Partitions);
            wire.Int32(int.MinValue);
        }
    }

    internal sealed class Partition : IMessage
    {
        public ErrorCode Error { get; set; }

        public int Index { get; set; }

        public int LeaderId { get; set; }

        public int LeaderEpoch { get; set; } = -1;

        public List<int> Replicas { get; set; } = [];

        public List<int> Isr { get; set; } = [];

        /// <summary>Replicas that may be elected although they are not in sync (KIP-966): none here.</summary>
        public List<int>? EligibleLeaders { get; set; } = [];

        public List<int>? LastKnownEligibleLeaders { get; set; } = [];

        public List<int> Offline { get; set; } = [];

        public void Exchange(Wire wire)
        {
            Error = wire.Error(Error);
            Index = wire.Int32(Index);
            LeaderId = wire.Int32(LeaderId);
            LeaderEpoch = wire.Int32(LeaderEpoch);
            Replicas = wire.Int32s(Replicas);
            Isr = wire.Int32s(Isr);
            EligibleLeaders = wire.NullableInt32s(EligibleLeaders);
            LastKnownEligibleLeaders = wire.NullableInt32s(LastKnownEligibleLeaders);
            Offline = wire.Int32s(Offline);
        }
    }
}
