using Marathon.Runs;

namespace Marathon.Testbed.Lies.Records;

/// <summary>Acknowledges a batch with offsets that others had long before.</summary>
internal sealed class RealtimeOrder(LieSpec asked, LieContext context) : Lie(asked, context), IRecordLie
{
    /// <summary>Far below what had been acknowledged when the send began.</summary>
    private const long LeastOffset = 100;

    public void Change(IncomingBatch batch)
    {
        if (!IsDue(batch.Count))
            return;
        batch.FalseOffset = first => first < LeastOffset ? first : first / 2;
        batch.WhenAppended(first =>
        {
            if (first < LeastOffset)
                return;
            Promise();
            Told(batch.Partition, first, $"acknowledged as offset {first / 2}", batch.Count);
        });
    }
}
