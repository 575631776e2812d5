using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.ListTransactions;

internal sealed class ListTransactionsResponse : IMessage
{
    public int ThrottleTimeMs { get; set; }

    public ErrorCode Error { get; set; }

    public List<string> UnknownStateFilters { get; set; } = [];

    public List<Transaction> Transactions { get; set; } = [];

    public void Exchange(Wire wire)
    {
        ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
        Error = wire.Error(Error);
        UnknownStateFilters = wire.Strings(UnknownStateFilters);
        Transactions = wire.Array(Transactions);
    }

    internal sealed class Transaction : IMessage
    {
        public string TransactionalId { get; set; } = "";

        public long ProducerId { get; set; }

        public string State { get; set; } = "";

        public void Exchange(Wire wire)
        {
            TransactionalId = wire.String(TransactionalId);
            ProducerId = wire.Int64(ProducerId);
            State = wire.String(State);
        }
    }
}
