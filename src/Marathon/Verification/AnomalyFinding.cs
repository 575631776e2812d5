using Marathon.Scenarios.Toolkit;

namespace Marathon.Verification;

/// <summary>All anomalies of one kind under one policy.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Count">How often.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Effect">What the policy makes of it.</param>
/// <param name="Why">Why the policy says so.</param>
/// <param name="Examples">Some of them.</param>
/// <param name="CausedBy">The kind at its root when that was found too; null when this is a root.</param>
public sealed record AnomalyFinding(
    AnomalyKind Kind,
    long Count,
    Severity Severity,
    PolicyEffect Effect,
    string Why,
    IReadOnlyList<AnomalyExample> Examples,
    AnomalyKind? CausedBy = null);
