namespace Marathon.Verification;

/// <summary>
/// Holds the answer of ListOffsets by time against the log: it must be the first offset whose record's timestamp is not below
/// the one asked for.
/// </summary>
public static class OffsetForTime
{
    /// <summary>What is wrong with an answer; null when nothing is, or nothing can be said.</summary>
    /// <param name="timestamp">Asked for, in milliseconds since the Unix epoch.</param>
    /// <param name="answer">The offset answered; negative when the broker knows no such record.</param>
    /// <param name="read">Offsets and timestamps as read: some before the answer, and the record there.</param>
    public static string? Disagreement(long timestamp, long answer, IReadOnlyList<(long Offset, long Timestamp)> read)
    {
        var earlier = read.Where(record => record.Timestamp >= timestamp && (answer < 0 || record.Offset < answer)).Select(record => (long?)record.Offset).Min();
        if (earlier is { } offset)
            return $"the record at offset {offset} is not older than the timestamp {timestamp}, and the answer was {(answer < 0 ? "that there is none" : answer)}";

        // Without a record there it is a transaction's marker, or compaction has removed it.
        var found = read.Where(record => record.Offset == answer).Select(record => (long?)record.Timestamp).FirstOrDefault();
        return found < timestamp
            ? $"the answer was offset {answer}, whose record's timestamp {found} is below the {timestamp} asked for"
            : null;
    }
}
