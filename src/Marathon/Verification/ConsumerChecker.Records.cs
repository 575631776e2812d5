using System.Globalization;
using Marathon.Records;

namespace Marathon.Verification;

/// <content>What is looked at in a record.</content>
public sealed partial class ConsumerChecker
{
    private void Sound(
        PartitionChecker partition, SegmentTracker segment, in ConsumedRecord record, in RecordHeader header, bool isReread)
    {
        if (header.Partition != partition.Partition || header.TopicId != partition.TopicId)
        {
            Report(
                segment.Anomalies, AnomalyKind.WrongPartition, partition, record, header,
                "the record was sent to partition {0} of topic id {1}", header.Partition, header.TopicId);
        }

        var cursor = partition.Cursor(new StreamKey(header.Incarnation, header.TopicId, header.Partition));
        if (cursor.Segment != segment)
            cursor.Enter(segment);

        var inStep = header.Sequence == cursor.Expected;
        var addition = cursor.Tracker.Add(header.Sequence, record.Offset, header.Checksum);
        var isLate = false;
        if (inStep)
            cursor.Expected++;
        else
            isLate = OutOfStep(partition, segment, cursor, addition, record, header, isReread);

        if ((header.Flags & RecordFlags.CreateTimeSet) != 0 && record.CreateTime >= 0
            && record.CreateTime != RecordTime.ToKafkaTimestamp(header.SentAt))
        {
            Report(
                segment.Anomalies, AnomalyKind.TimestampAltered, partition, record, header,
                "CreateTime is {0}, sent was {1}", record.CreateTime, RecordTime.ToKafkaTimestamp(header.SentAt));
        }

        if (header.TransactionId > 0)
            FollowTransaction(partition, segment, cursor, isLate, record, header);
        if (header.ExtensionSize > 0)
            FollowExtensions(segment, record, header);

        partition.Tails?.Add(header.KeyId, record.Offset, deleted: false);
        if (isReread)
            return;

        if (header.KeyId >= 0)
            FollowKey(partition, segment, record, header, isLate);
        _latency?.Record((record.ReceivedAt - header.IntendedAt) / RecordTime.NanosecondsPerMicrosecond);
    }

    /// <returns>Whether the record is out of order: new, and lower than one that was read.</returns>
    private bool OutOfStep(
        PartitionChecker partition,
        SegmentTracker segment,
        StreamCursor cursor,
        RunAddition addition,
        in ConsumedRecord record,
        in RecordHeader header,
        bool isReread)
    {
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

    private static void FollowExtensions(SegmentTracker segment, in ConsumedRecord record, in RecordHeader header)
    {
        var blocks = RecordCodec.Extensions(record.Value, header);
        if (ExtensionBlocks.TryReadSource(blocks, out var source) && source is { Offset: >= 0, Partition: >= 0 })
            segment.Source(new StreamKey(0, source.TopicId, source.Partition)).Add(source.Offset, record.Offset, 0);
        if (ExtensionBlocks.TryReadTransfer(blocks, out var transfer))
            segment.AddTransfer(transfer, header.KeyId);
    }

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

    private void WentBack(PartitionChecker partition, in ConsumedRecord record)
    {
        Report(
            partition.Readings, AnomalyKind.StalePoll, partition, record, null,
            "the position was {0}, and nobody asked for a seek", partition.NextOffset);
        partition.Seek(record.Offset);
    }

    private void Unreadable(PartitionChecker partition, SegmentTracker segment, in ConsumedRecord record, RecordFlaw flaw)
    {
        segment.AddCorrupt(record.Offset);
        if (flaw is RecordFlaw.TooShort or RecordFlaw.WrongMagic or RecordFlaw.UnknownVersion)
            segment.Unreadable++;

        Report(segment.Anomalies, AnomalyKind.Corrupt, partition, record, null, Describe(flaw), record.Value.Length);
    }

    private void Corrupt(
        PartitionChecker partition, SegmentTracker segment, in ConsumedRecord record, in RecordHeader header, uint checksum)
    {
        Report(
            segment.Anomalies, AnomalyKind.Corrupt, partition, record, header,
            "the checksum is {0:x8}, over key, headers and value it is {1:x8}", header.Checksum, checksum);

        // Which record it was is believed only where it is the next in its stream: any header field may be what is broken.
        var key = new StreamKey(header.Incarnation, partition.TopicId, partition.Partition);
        if (header.Run != _run || header.TopicId != key.TopicId || header.Partition != key.Partition
            || partition.FindCursor(key) is not { } cursor || header.Sequence != cursor.Expected)
        {
            segment.AddCorrupt(record.Offset);
            return;
        }

        if (cursor.Segment != segment)
            cursor.Enter(segment);

        cursor.Tracker.Add(header.Sequence, record.Offset, checksum);
        cursor.Expected++;
    }

    private void Report(
        AnomalyLog log,
        AnomalyKind kind,
        PartitionChecker partition,
        in ConsumedRecord record,
        in RecordHeader? header,
        string detail,
        long first = 0,
        long second = 0)
    {
        _anomalies[(int)kind]++;
        log.Add(kind, log.WantsExample(kind) ? Describe(partition, record, header, detail, first, second) : null);
    }

    private static string Describe(RecordFlaw flaw) => flaw switch
    {
        RecordFlaw.TooShort => "no record header: {0} bytes are too few",
        RecordFlaw.WrongMagic => "no record header at the start of {0} bytes",
        RecordFlaw.UnknownVersion => "a record header of an unknown version, {0} bytes",
        RecordFlaw.BadExtension => "extension blocks that do not fit, {0} bytes",
        _ => "a record header with impossible fields, {0} bytes",
    };

    private AnomalyExample Describe(
        PartitionChecker partition, in ConsumedRecord record, in RecordHeader? header, string detail, long first, long second) => new()
    {
        Topic = partition.Topic,
        Partition = partition.Partition,
        Offset = record.Offset,
        Incarnation = header?.Incarnation,
        Sequence = header?.Sequence,
        KeyId = header?.KeyId is >= 0 and var keyId ? keyId : null,
        SentAt = header is { } sent ? RecordTime.ToTime(sent.SentAt) : null,
        SeenAt = RecordTime.ToTime(record.ReceivedAt),
        SeenBy = Name,
        Detail = string.Format(CultureInfo.InvariantCulture, detail, first, second),
        Around = partition.Recent.Around(),
    };
}
