using Marathon.Records;
using Marathon.Runs;
using Marathon.Testbed.Cluster;

namespace Marathon.Testbed.Lies.Records;

/// <summary>Invents a well-formed record of a producer that never was.</summary>
internal sealed class Phantom(LieSpec asked, LieContext context) : Lie(asked, context), IRecordLie
{
    /// <summary>A producer's life that nobody had.</summary>
    private const long Incarnation = 1L << 61;

    private readonly Dictionary<TopicPartition, long> _next = [];

    public void Change(IncomingBatch batch)
    {
        if (!IsDue(batch.Count) || batch.Records.Count == 0)
            return;
        var sequence = _next.GetValueOrDefault(batch.Partition);
        var invented = Forgery.Rewrite(batch.Records[^1], header => header with
        {
            Flags = header.Flags & RecordFlags.CreateTimeSet,
            Incarnation = Incarnation,
            Sequence = sequence,
            KeyId = RecordHeader.NoKey,
            KeySequence = 0,
            TransactionId = 0,
            TransactionIndex = 0,
        });
        if (invented is null)
            return;
        Promise();
        _next[batch.Partition] = sequence + 1;
        batch.Follow(Forgery.Follow(invented, batch.Header, inTransaction: false));
        batch.WhenAppended(first => Told(batch.Partition, first + batch.Header.LastOffsetDelta + 1, "a record that nobody sent"));
    }
}
