namespace Marathon.Verification;

/// <summary>What the evidence says about every record of a run.</summary>
/// <param name="Records">Counts.</param>
/// <param name="Anomalies">Findings, roots first.</param>
/// <param name="Rereads">What must be read again before the missing can be called lost; empty when nothing is in doubt.</param>
/// <param name="Gaps">What the evidence cannot tell.</param>
public sealed record VerificationResult(
    RecordCounts Records,
    IReadOnlyList<AnomalyFinding> Anomalies,
    IReadOnlyList<RereadRequest> Rereads,
    IReadOnlyList<EvidenceGap> Gaps)
{
    /// <summary>Whether a finding is a violation.</summary>
    public bool HasViolation => Anomalies.Any(finding => finding.Effect == PolicyEffect.Violation);
}
