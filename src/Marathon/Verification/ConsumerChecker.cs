using Marathon.Latency;
using Marathon.Records;

namespace Marathon.Verification;

/// <summary>
/// Checks what one consumer reads, and keeps evidence of it in constant memory. One thread at a time; nothing is allocated per
/// record. Partitions are named by the handle that <see cref="Assigned"/> returns, the same one each time.
/// </summary>
public sealed partial class ConsumerChecker
{
    private PartitionChecker[] _partitions = [];
    private readonly CheckerLimits _limits;
    private readonly ulong _run;
    private readonly LatencyHistogram? _latency;
    private readonly bool _verifiesChecksums, _compacted;
    private readonly TransactionReader _transactions;
    private readonly long[] _anomalies = new long[Enum.GetValues<AnomalyKind>().Length];

    /// <param name="name">The consumer's name.</param>
    /// <param name="runId">The run.</param>
    /// <param name="isolation">Its isolation level.</param>
    /// <param name="group">Its group; null with assign.</param>
    /// <param name="rereader">It reads again, after the load, what others had missed.</param>
    /// <param name="latency">Takes the time from intended send to first reading; null for none.</param>
    /// <param name="verifiesChecksums">Off only to measure what the rest costs.</param>
    /// <param name="limits">Bounds; the default when null.</param>
    /// <param name="compacted">The topics are compacted: follow the latest record of each key; a record without a value deletes its key.</param>
    public ConsumerChecker(
        string name,
        string runId,
        Isolation isolation,
        string? group = null,
        bool rereader = false,
        LatencyHistogram? latency = null,
        bool verifiesChecksums = true,
        CheckerLimits? limits = null,
        bool compacted = false)
    {
        _compacted = compacted;
        (Name, Isolation, Group, Rereader) = (name, isolation, group, rereader);
        (_run, _latency, _verifiesChecksums, _limits) = (RecordIdentity.Run(runId), latency, verifiesChecksums, limits ?? CheckerLimits.Default);
        _transactions = new TransactionReader(_limits.Transactions);
    }

    /// <summary>The consumer's name.</summary>
    public string Name { get; }

    /// <summary>Its isolation level.</summary>
    public Isolation Isolation { get; }

    /// <summary>Its group; null with assign.</summary>
    public string? Group { get; }

    /// <summary>Whether it reads again what others had missed.</summary>
    public bool Rereader { get; }

    /// <summary>
    /// By how many nanoseconds this host's clock and a producer's may differ: a transaction counts as read while open only when
    /// the times say so by more.
    /// </summary>
    public long ClockErrorBound { get; set; } = 10 * RecordTime.NanosecondsPerMillisecond;

    /// <summary>Records received, rereads included.</summary>
    public long ReceivedCount { get; private set; }

    /// <summary>Records at offsets that this consumer had been at before.</summary>
    public long Rereads { get; private set; }

    /// <summary>Anomalies seen so far, for live display; the verdict is made of the evidence.</summary>
    public long Anomalies(AnomalyKind kind) => _anomalies[(int)kind];

    /// <summary>
    /// Takes over what an earlier life of this consumer, or another member of its group, had read: call it before
    /// <see cref="Assigned"/>. That state is used to judge what comes, and is not reported again.
    /// </summary>
    public void Restore(PartitionEvidence earlier) => Partition(earlier.Topic, earlier.TopicId, earlier.Partition).Restore(earlier);

    /// <summary>The partition is this consumer's now.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="topicId">Its id in record headers.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="startOffset">Where reading begins; -1 when only the first record will tell.</param>
    /// <param name="now">Nanoseconds since the Unix epoch.</param>
    /// <returns>The partition's handle.</returns>
    public int Assigned(string topic, int topicId, int partition, long startOffset, long now)
    {
        var assigned = Partition(topic, topicId, partition);
        assigned.Assign(startOffset, now);
        return Array.IndexOf(_partitions, assigned);
    }

    /// <summary>The partition was given up in good order.</summary>
    public void Revoked(int handle, long now) => _partitions[handle].Release(now, lost: false);

    /// <summary>The partition was lost: the group had evicted this member.</summary>
    public void Lost(int handle, long now) => _partitions[handle].Release(now, lost: true);

    /// <summary>Our own code moved the position.</summary>
    public void Seek(int handle, long offset) => _partitions[handle].Seek(offset);

    /// <summary>The client's position is here although no record brought it: transaction markers, the end of the partition.</summary>
    public void Passed(int handle, long nextOffset) => _partitions[handle].Passed(nextOffset);

    /// <summary>
    /// Ends the segment, for the offset returned is about to be committed: a replacement may start there. Commit it once the
    /// checkpoint that covers it is stored.
    /// </summary>
    public long Cut(int handle) => _partitions[handle].Cut();

    /// <summary>The commit of that offset was confirmed: no replacement starts below it.</summary>
    public void Committed(int handle, long offset) => _partitions[handle].Committed(offset);

    /// <summary>The offset to read next; -1 when it was never assigned and nothing was restored.</summary>
    public long NextOffset(string topic, int partition) => Find(topic, partition)?.NextOffset ?? -1;

    /// <summary>The offset to read next.</summary>
    public long NextOffset(int handle) => _partitions[handle].NextOffset;

    /// <summary>A record was read.</summary>
    public void Received(int handle, in ConsumedRecord record)
    {
        // One short path: what is rare is in methods of its own that are not inlined, for their locals would cost every record.
        ReceivedCount++;
        var partition = _partitions[handle];
        var offset = record.Offset;
        if (offset < partition.NextOffset)
            WentBack(partition, record);

        var segment = partition.SegmentFor(offset);
        var isReread = partition.Received(segment, offset);
        if (isReread)
            Rereads++;

        var value = record.Value;
        if (!RecordCodec.IsPlain(value) && RecordCodec.FlawIn(value) is var flaw and not RecordFlaw.None)
        {
            Unreadable(partition, segment, record, flaw);
            return;
        }

        ref readonly var header = ref RecordCodec.HeaderOf(value);
        partition.Recent.Add(offset, header.Incarnation, header.Sequence, record.ReceivedAt);
        if (_verifiesChecksums && RecordCodec.Checksum(record.Key, record.Headers, record.Value) is var checksum && checksum != header.Checksum)
            Corrupt(partition, segment, record, in header, checksum);
        else if (header.Run != _run)
            OfAnotherRun(partition, segment, record, in header);
        else
            Sound(partition, segment, record, in header, isReread);
    }

    /// <summary>A record was read that is only counted: to measure what looking at it costs. The evidence has nothing of it.</summary>
    public void Skipped(int handle, long offset)
    {
        ReceivedCount++;
        _partitions[handle].Passed(offset + 1);
    }

    /// <summary>Its evidence now.</summary>
    public ConsumerEvidence Snapshot() => new()
    {
        Name = Name,
        Group = Group,
        Isolation = Isolation,
        Rereader = Rereader,
        Received = ReceivedCount,
        Transactions = _transactions.Snapshot(),
        ForgottenOpenTransactions = _transactions.ForgottenOpen,
        Partitions = [.. _partitions.Select(partition => partition.Snapshot())],
    };

    private PartitionChecker? Find(string topic, int partition) =>
        Array.Find(_partitions, each => each.Partition == partition && each.Topic == topic);

    private PartitionChecker Partition(string topic, int topicId, int partition)
    {
        if (Find(topic, partition) is { } found)
            return found;

        var added = new PartitionChecker(topic, topicId, partition, _limits) { Tails = _compacted ? new KeyTails(_limits.Keys) : null };
        _partitions = [.. _partitions, added];
        return added;
    }
}
