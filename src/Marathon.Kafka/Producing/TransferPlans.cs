using Marathon.Records;

namespace Marathon.Kafka.Producing;

/// <summary>
/// Transfers between two keys, in two partitions where there are two: of two records that follow each other in a transaction the
/// first is that of the key that gives, the second that of the key that gets.
/// </summary>
internal sealed class TransferPlans(RecordKeys keys, PartitionRuns runs, Random random)
{
    private const long LargestAmount = 1_000_000;
    private RecordPlan? _owed;

    /// <summary>Whether a key has given and none has got yet.</summary>
    public bool IsHalfDone => _owed is not null;

    public RecordPlan Next(long now)
    {
        if (_owed is { } getting)
        {
            _owed = null;
            return getting;
        }

        var from = runs.Next(now);
        var to = from + 1 < keys.UsedPartitions ? from + 1 : 0;
        var (giver, getter) = (keys.Take(from), keys.Take(to));
        var transfer = new Transfer(giver.Id, getter.Id, random.NextInt64(1, LargestAmount));
        _owed = new RecordPlan(to, getter.Id, getter.Bytes, getter.Sequence, transfer);
        return new RecordPlan(from, giver.Id, giver.Bytes, giver.Sequence, transfer);
    }

    /// <summary>The transaction has ended: what it had half done came to nothing.</summary>
    public void Forget() => _owed = null;
}
