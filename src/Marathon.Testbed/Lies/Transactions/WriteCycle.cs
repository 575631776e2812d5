using Marathon.Runs;

namespace Marathon.Testbed.Lies.Transactions;

/// <summary>
/// Gives a read_committed consumer records of several transactions that are open at once: whoever has read them and then commits
/// has read what the others wrote, and they what it wrote.
/// </summary>
internal sealed class WriteCycle(LieSpec asked, LieContext context) : OpenTransactionLeak(asked, context)
{
    public override int LeastOpen => 2;
}
