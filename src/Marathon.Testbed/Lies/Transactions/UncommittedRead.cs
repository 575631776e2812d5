using Marathon.Runs;
using Marathon.Testbed.Cluster;

namespace Marathon.Testbed.Lies.Transactions;

/// <summary>Gives a read_committed consumer records of transactions that are open. Counted in transactions, each of them once.</summary>
internal sealed class UncommittedRead(LieSpec asked, LieContext context) : OpenTransactionLeak(asked, context)
{
    private readonly HashSet<OpenTransactionName> _given = [];

    public override int LeastOpen => 1;

    public override bool WantsTo() => IsDue();

    public override void Gave(TopicPartition partition, long lastStableOffset, IEnumerable<OpenTransactionName> transactions)
    {
        lock (_given)
        {
            foreach (var transaction in transactions.Where(_given.Add))
            {
                Promise();
                Told(
                    partition, lastStableOffset,
                    $"read_committed consumers may read up to here, and one was given transaction {transaction.Number} of {transaction.Producer}, which is open");
            }
        }
    }
}
