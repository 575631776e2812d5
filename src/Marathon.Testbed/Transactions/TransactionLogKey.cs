using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Transactions;

/// <summary>Key of a transactional id in <c>__transaction_state</c>, type 0.</summary>
internal sealed class TransactionLogKey : IMessage
{
    public const short Type = 0;

    public string TransactionalId { get; set; } = "";

    public void Exchange(Wire wire) => TransactionalId = wire.String(TransactionalId);
}
