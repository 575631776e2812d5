namespace Marathon.Testbed.Groups;

/// <summary>A group's committed offset for a partition.</summary>
/// <param name="LogOffset">Where in the internal topic it is written: the later one counts.</param>
internal sealed record CommittedOffset(long Offset, int LeaderEpoch, string Metadata, long CommitTimestamp, long LogOffset);
