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
    /// <param name="read">Offsets and timestamps as read, by offset: some before the answer, and the record there.</param>
    public static string? Disagreement(long timestamp, long answer, IReadOnlyList<(long Offset, long Timestamp)> read)
    {
        var earlier = read.Where(record => record.Timestamp >= timestamp && (answer < 0 || record.Offset < answer)).Select(record => (long?)record.Offset).Min();
        if (earlier is { } offset)
            return $"the record at offset {offset} is not older than the timestamp {timestamp}, and the answer was {(answer < 0 ? "that there is none" : answer)}";

        // Compaction may have removed the record itself: then the next one is meant.
        var found = read.Where(record => record.Offset >= answer).OrderBy(record => record.Offset).Select(record => ((long Offset, long Timestamp)?)record).FirstOrDefault();
        return answer >= 0 && found is { } at && at.Timestamp < timestamp
            ? $"the answer was offset {answer}, whose record's timestamp {at.Timestamp} is below the {timestamp} asked for"
            : null;
    }
}
