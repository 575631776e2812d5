using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DescribeTransactions;

internal sealed class DescribeTransactionsResponse : IMessage
{
    public int ThrottleTimeMs { get; set; }

    public List<Transaction> Transactions { get; set; } = [];

    public void Exchange(Wire wire)
    {
        ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
        Transactions = wire.Array(Transactions);
    }

    internal sealed class Transaction : IMessage
    {
        public ErrorCode Error { get; set; }

        public string TransactionalId { get; set; } = "";

        public string State { get; set; } = "";

        public int TimeoutMs { get; set; }

        public long StartTimeMs { get; set; }

        public long ProducerId { get; set; }

        public short ProducerEpoch { get; set; }

        public List<Topic> Topics { get; set; } = [];

        public void Exchange(Wire wire)
        {
            Error = wire.Error(Error);
            TransactionalId = wire.String(TransactionalId);
            State = wire.String(State);
            TimeoutMs = wire.Int32(TimeoutMs);
            StartTimeMs = wire.Int64(StartTimeMs);
            ProducerId = wire.Int64(ProducerId);
            ProducerEpoch = wire.Int16(ProducerEpoch);
            Topics = wire.Array(Topics);
        }
    }

    internal sealed class Topic : IMessage
    {
        public string Name { get; set; } = "";

        public List<int> Partitions { get; set; } = [];

        public void Exchange(Wire wire)
        {
            Name = wire.String(Name);
            Partitions = wire.Int32s(Partitions);
        }
    }
}
