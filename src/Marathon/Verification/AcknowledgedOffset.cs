namespace Marathon.Verification;

/// <summary>A sequence and the offset it was acknowledged at.</summary>
public sealed record AcknowledgedOffset(long Sequence, long Offset);
