using Marathon.Runs;

namespace Marathon.Testbed.Lies.Transactions;

/// <summary>Lets the last stable offset of a partition stay where it is, although its transactions end.</summary>
internal sealed class StuckLso(LieSpec asked, LieContext context) : Lie(asked, context), IRecordLie
{
    /// <summary>One partition does for all the run.</summary>
    protected override TimeSpan DefaultEvery => TimeSpan.FromDays(1);

    public void Change(IncomingBatch batch)
    {
        if (!batch.Header.IsTransactional || !IsDue())
            return;
        batch.WhenAppended(first =>
        {
            Promise();
            batch.HoldLastStableOffset(first);
            Told(batch.Partition, first, "the last stable offset stays here for good");
        });
    }
}
