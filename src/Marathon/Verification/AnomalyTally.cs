namespace Marathon.Verification;

/// <summary>How often a kind of anomaly was seen, with some examples.</summary>
public sealed record AnomalyTally(AnomalyKind Kind, long Count, IReadOnlyList<AnomalyExample> Examples);
