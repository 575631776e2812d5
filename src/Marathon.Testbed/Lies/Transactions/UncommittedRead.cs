using Marathon.Runs;

namespace Marathon.Testbed.Lies.Transactions;

/// <summary>Gives a read_committed consumer records of transactions that are open.</summary>
internal sealed class UncommittedRead(LieSpec asked, LieContext context) : OpenTransactionLeak(asked, context)
{
    public override int LeastOpen => 1;
}
