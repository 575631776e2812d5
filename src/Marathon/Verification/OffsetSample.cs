namespace Marathon.Verification;

/// <summary>What the leader of a partition answered to ListOffsets.</summary>
/// <param name="At">When, in nanoseconds since the Unix epoch.</param>
/// <param name="End">The latest offset: the high watermark.</param>
/// <param name="Stable">The latest offset under read_committed: the last stable offset.</param>
public sealed record OffsetSample(long At, long End, long Stable);
