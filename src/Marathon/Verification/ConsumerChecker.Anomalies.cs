using System.Globalization;
using System.Runtime.CompilerServices;
using Marathon.Records;

namespace Marathon.Verification;

/// <content>What is wrong with a record, and how that is told. All of it is rare.</content>
public sealed partial class ConsumerChecker
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WentBack(PartitionChecker partition, in ConsumedRecord record)
    {
        Report(
            partition.Readings, AnomalyKind.StalePoll, partition, record, null,
            "the position was {0}, and nobody asked for a seek", partition.NextOffset);
        partition.Seek(record.Offset);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Unreadable(PartitionChecker partition, SegmentTracker segment, in ConsumedRecord record, RecordFlaw flaw)
    {
        if (record.Value.IsEmpty && partition.Tails is { } tails && RecordKey.TryParse(record.Key, out var deleted))
        {
            tails.Add(deleted, record.Offset, deleted: true);
            return;
        }

        partition.Recent.Add(record.Offset, 0, 0, record.ReceivedAt);
        segment.AddCorrupt(record.Offset);
        if (flaw is RecordFlaw.TooShort or RecordFlaw.WrongMagic or RecordFlaw.UnknownVersion)
            segment.Unreadable++;

        Report(segment.Anomalies, AnomalyKind.Corrupt, partition, record, null, Describe(flaw), record.Value.Length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OfAnotherRun(PartitionChecker partition, SegmentTracker segment, in ConsumedRecord record, in RecordHeader header) =>
        Report(segment.Anomalies, AnomalyKind.Phantom, partition, record, header, "the record belongs to another run");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private StreamCursor Misplaced(PartitionChecker partition, SegmentTracker segment, in ConsumedRecord record, in RecordHeader header)
    {
        Report(
            segment.Anomalies, AnomalyKind.WrongPartition, partition, record, header,
            "the record was sent to partition {0} of topic id {1}", header.Partition, header.TopicId);
        return partition.Cursor(new StreamKey(header.Incarnation, header.TopicId, header.Partition));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TimestampAltered(PartitionChecker partition, SegmentTracker segment, in ConsumedRecord record, in RecordHeader header) => Report(
        segment.Anomalies, AnomalyKind.TimestampAltered, partition, record, header,
        "CreateTime is {0}, sent was {1}", record.CreateTime, RecordTime.ToKafkaTimestamp(header.SentAt));

    [MethodImpl(MethodImplOptions.NoInlining)]
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
