using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DescribeProducers;

internal sealed class DescribeProducersResponse : IMessage
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
        public int Index { get; set; }

        public ErrorCode Error { get; set; }

        public string? ErrorMessage { get; set; }

        public List<Producer> Producers { get; set; } = [];

        public void Exchange(Wire wire)
        {
            Index = wire.Int32(Index);
            Error = wire.Error(Error);
            ErrorMessage = wire.NullableString(ErrorMessage);
            Producers = wire.Array(Producers);
        }
    }

    internal sealed class Producer : IMessage
    {
        public long ProducerId { get; set; }

        public int Epoch { get; set; }

        public int LastSequence { get; set; } = -1;

        public long LastTimestamp { get; set; } = -1;

        public int CoordinatorEpoch { get; set; }

        public long TransactionStartOffset { get; set; } = -1;

        public void Exchange(Wire wire)
        {
            ProducerId = wire.Int64(ProducerId);
            Epoch = wire.Int32(Epoch);
            LastSequence = wire.Int32(LastSequence);
            LastTimestamp = wire.Int64(LastTimestamp);
            CoordinatorEpoch = wire.Int32(CoordinatorEpoch);
            TransactionStartOffset = wire.Int64(TransactionStartOffset);
        }
    }
}
