using Marathon.Runs;

namespace Marathon.Testbed.Lies.Records;

/// <summary>Removes the older half of a partition, whatever its retention.</summary>
internal sealed class EarlyRetention(LieSpec asked, LieContext context) : Lie(asked, context), IRecordLie
{
    private const long LeastOffset = 100;

    protected override TimeSpan DefaultEvery => TimeSpan.FromSeconds(5);

    public void Change(IncomingBatch batch)
    {
        if (!IsDue(batch.Count))
            return;
        batch.WhenAppended(first =>
        {
            if (first < LeastOffset || !batch.RemoveBefore(first / 2))
                return;
            Promise();
            Told(batch.Partition, first / 2, "everything below is removed, long before its time");
        });
    }
}
