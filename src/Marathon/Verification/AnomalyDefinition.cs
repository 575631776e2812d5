using Marathon.Scenarios.Toolkit;

namespace Marathon.Verification;

/// <summary>What there is to know about a kind of anomaly.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Summary">When exactly it is one.</param>
/// <param name="By">Who can commit it.</param>
/// <param name="Severity">How much it matters where it is a violation.</param>
/// <param name="Implies">Its consequences: where both are found they are reported as caused by it.</param>
public sealed record AnomalyDefinition(
    AnomalyKind Kind, string Summary, AnomalyCulprit By, Severity Severity, IReadOnlyList<AnomalyKind> Implies);
