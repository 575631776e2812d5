using System.Collections.Immutable;

namespace Marathon.Testbed.Storage;

/// <summary>A producer as one partition's log knows it.</summary>
internal sealed record ProducerEntry(long ProducerId, short Epoch)
{
    /// <summary>A retry is recognised among this many batches, as in Kafka; more than five in flight are not idempotent.</summary>
    public const int RememberedBatches = 5;

    public const long NoTransaction = -1;

    public ImmutableArray<ProducerBatch> Batches { get; init; } = [];

    public long LastTimestamp { get; init; }

    public int CoordinatorEpoch { get; init; } = -1;

    /// <summary>Where the open transaction began, or -1.</summary>
    public long TransactionFirstOffset { get; init; } = NoTransaction;

    public int LastSequence => Batches.IsEmpty ? -1 : Batches[^1].LastSequence;

    public ProducerEntry With(ProducerBatch batch, short epoch)
    {
        var kept = epoch != Epoch ? [] : Batches.Length == RememberedBatches ? Batches.RemoveAt(0) : Batches;
        return this with { Epoch = epoch, Batches = kept.Add(batch), LastTimestamp = batch.Timestamp };
    }
}
