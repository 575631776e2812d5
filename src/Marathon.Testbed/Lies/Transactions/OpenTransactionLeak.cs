using Marathon.Runs;
using Marathon.Testbed.Cluster;

namespace Marathon.Testbed.Lies.Transactions;

/// <summary>Gives a read_committed consumer records of transactions that are open.</summary>
internal abstract class OpenTransactionLeak(LieSpec asked, LieContext context) : Lie(asked, context)
{
    /// <summary>How many transactions must be open in a partition for it to be told there.</summary>
    public abstract int LeastOpen { get; }

    /// <summary>Whether a read_committed consumer is to be given what is above the last stable offset.</summary>
    public abstract bool WantsTo();

    /// <summary>It was: of these transactions, all of them open.</summary>
    public abstract void Gave(TopicPartition partition, long lastStableOffset, IEnumerable<OpenTransactionName> transactions);
}
