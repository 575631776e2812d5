using System.Runtime.CompilerServices;
using Marathon.Records;

namespace Marathon.Verification;

/// <content>What is looked at in a record.</content>
public sealed partial class ConsumerChecker
{
    private void Sound(
        PartitionChecker partition, SegmentTracker segment, in ConsumedRecord record, in RecordHeader header, bool isReread)
    {
        var cursor = header.Partition == partition.Partition && header.TopicId == partition.TopicId
            ? partition.CursorHere(header.Incarnation)
            : Misplaced(partition, segment, record, header);
        var isLate = false;
        if (header.Sequence == cursor.Expected && cursor.Segment == segment
            && cursor.Tracker.TryContinue(header.Sequence, record.Offset, header.Checksum))
        {
            cursor.Expected++;
        }
        else
        {
            isLate = OutOfStep(partition, segment, cursor, record, header, isReread);
        }

        if ((header.Flags & RecordFlags.CreateTimeSet) != 0 && record.CreateTime >= 0
            && record.CreateTime != RecordTime.ToKafkaTimestamp(header.SentAt))
        {
            TimestampAltered(partition, segment, record, header);
        }

        if (header.TransactionId > 0)
            FollowTransaction(partition, segment, cursor, isLate, record, header);
        if (header.ExtensionSize > 0)
            FollowExtensions(partition, segment, record, header, isReread);

        partition.Tails?.Add(header.KeyId, record.Offset, deleted: false);
        if (isReread)
            return;

        if (header.KeyId >= 0)
            FollowKey(partition, segment, record, header, isLate);
        _latency?.Record((record.ReceivedAt - header.IntendedAt) / RecordTime.NanosecondsPerMicrosecond);
    }

    /// <summary>It is not the next one of its stream, or the first one in the segment.</summary>
    /// <returns>Whether the record is out of order: new, and lower than one that was read.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool OutOfStep(
        PartitionChecker partition,
        SegmentTracker segment,
        StreamCursor cursor,
        in ConsumedRecord record,
        in RecordHeader header,
        bool isReread)
    {
        if (cursor.Segment != segment)
            cursor.Enter(segment);

        var addition = cursor.Tracker.Add(header.Sequence, record.Offset, header.Checksum);
        if (header.Sequence >= cursor.Expected)
        {
            cursor.Expected = header.Sequence + 1;
            return false;
        }

        if (isReread || addition == RunAddition.Doubtful)
            return false;

        if (addition == RunAddition.Duplicate || partition.WasReadBefore(cursor.Key, header.Sequence))
        {
            Report(segment.Anomalies, AnomalyKind.Duplicate, partition, record, header, "the same sequence was read before, at another offset");
            return false;
        }

        Report(
            segment.Anomalies, AnomalyKind.Reorder, partition, record, header,
            "read after sequence {0} of the same producer", cursor.Expected - 1);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FollowTransaction(
        PartitionChecker partition,
        SegmentTracker segment,
        StreamCursor cursor,
        bool isLate,
        in ConsumedRecord record,
        in RecordHeader header)
    {
        // A producer ends one transaction before it begins the next: below a record of a later one lies the end of this one.
        if (header.TransactionId > cursor.HighestTransaction)
        {
            cursor.HighestTransaction = header.TransactionId;
        }
        else if (header.TransactionId < cursor.HighestTransaction && isLate)
        {
            Report(
                segment.Anomalies, AnomalyKind.TransactionMixup, partition, record, header,
                "of transaction {0}, and among the records of transaction {1}", header.TransactionId, cursor.HighestTransaction);
        }

        if (Isolation == Isolation.ReadCommitted && _transactions.Read(partition, header, record, ClockErrorBound))
            _anomalies[(int)AnomalyKind.UncommittedRead]++;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FollowExtensions(PartitionChecker partition, SegmentTracker segment, in ConsumedRecord record, in RecordHeader header, bool isReread)
    {
        var blocks = RecordCodec.Extensions(record.Value, header);
        if (ExtensionBlocks.TryReadSource(blocks, out var source) && source is { Offset: >= 0, Partition: >= 0 }
            && segment.Source(new StreamKey(0, source.TopicId, source.Partition)).Add(source.Offset, record.Offset, 0) == RunAddition.Duplicate && !isReread)
        {
            Report(
                segment.Anomalies, AnomalyKind.EosBroken, partition, record, header,
                "made from offset {0} of partition {1} of the input, from which an earlier record was made", source.Offset, source.Partition);
        }

        if (ExtensionBlocks.TryReadTransfer(blocks, out var transfer))
            segment.AddTransfer(transfer, header.KeyId);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FollowKey(
        PartitionChecker partition, SegmentTracker segment, in ConsumedRecord record, in RecordHeader header, bool isLate)
    {
        var before = partition.Keys.Exchange(header.Incarnation, header.KeyId, header.KeySequence);
        if (isLate && header.KeySequence < before)
        {
            Report(
                segment.Anomalies, AnomalyKind.KeyReorder, partition, record, header,
                "number {0} of its key, read after number {1}", header.KeySequence, before);
        }
    }
}
