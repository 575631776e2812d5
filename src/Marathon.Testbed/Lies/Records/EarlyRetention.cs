using Marathon.Runs;
using Marathon.Testbed.Cluster;

namespace Marathon.Testbed.Lies.Records;

/// <summary>Removes the older half of a partition, whatever its retention. Counted in offsets.</summary>
internal sealed class EarlyRetention(LieSpec asked, LieContext context) : Lie(asked, context), IRecordLie
{
    private const long LeastOffset = 100;

    private readonly Dictionary<TopicPartition, long> _starts = [];

    protected override TimeSpan DefaultEvery => TimeSpan.FromSeconds(5);

    public void Change(IncomingBatch batch)
    {
        if (!IsDue(batch.Count))
            return;
        batch.WhenAppended(first =>
        {
            var start = first / 2;
            if (first < LeastOffset)
                return;
            lock (_starts)
            {
                if (!batch.RemoveBefore(start))
                    return;
                Promise();
                Told(batch.Partition, start, "everything below is removed, long before its time", start - _starts.GetValueOrDefault(batch.Partition));
                _starts[batch.Partition] = start;
            }
        });
    }
}
