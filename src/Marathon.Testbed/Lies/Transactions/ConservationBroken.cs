using Marathon.Runs;

namespace Marathon.Testbed.Lies.Transactions;

/// <summary>Changes the amount in one half of a transfer between keys: the record is sound, and what they have together is not what it was.</summary>
internal sealed class ConservationBroken(LieSpec asked, LieContext context) : Lie(asked, context), IRecordLie
{
    /// <summary>The total is looked at once, at the end: one wrong amount does for all the run, and two might make it good again.</summary>
    protected override TimeSpan DefaultEvery => TimeSpan.FromDays(1);

    public void Change(IncomingBatch batch)
    {
        if (!batch.Header.IsTransactional || !IsDue(batch.Count))
            return;
        for (var i = 0; i < batch.Records.Count; i++)
        {
            if (Forgery.Rewrite(batch.Records[i], transfer => transfer with { Amount = transfer.Amount + 1 }) is not { } forged)
                continue;
            var changed = i;
            Promise();
            batch.Change(records => records[changed] = forged);
            batch.WhenAppended(first => Told(batch.Partition, first + changed, "the amount of a transfer is one higher than what was sent"));
            return;
        }
    }
}
