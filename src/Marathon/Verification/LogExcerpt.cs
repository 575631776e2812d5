namespace Marathon.Verification;

/// <summary>What the log of a partition held around a place when somebody looked: the five records before it, itself, the five after it.</summary>
/// <param name="Place">The place.</param>
/// <param name="Lines">A line for each record, and for offsets that hold none.</param>
/// <param name="FoundAt">The offset of the record that was looked for; null when it was not found.</param>
public sealed record LogExcerpt(LogPlace Place, IReadOnlyList<string> Lines, long? FoundAt = null);
