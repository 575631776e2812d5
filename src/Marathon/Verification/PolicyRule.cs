using Marathon.Workers.Load;

namespace Marathon.Verification;

/// <summary>One line of the policy table. A condition that is null is met by anything.</summary>
/// <param name="Kind">The anomaly.</param>
/// <param name="Effect">What it means under these conditions.</param>
/// <param name="Why">Why.</param>
/// <param name="Guarantees">Guarantees asked for.</param>
/// <param name="Acks">Acks.</param>
/// <param name="Assignment">How consumers get partitions.</param>
/// <param name="TransactionProtocol">Version of the transaction protocol in force.</param>
/// <param name="Circumstance">What else is known of it.</param>
public sealed record PolicyRule(
    AnomalyKind Kind,
    PolicyEffect Effect,
    string Why,
    IReadOnlyList<Guarantee>? Guarantees = null,
    Acks? Acks = null,
    Assignment? Assignment = null,
    int? TransactionProtocol = null,
    Circumstance? Circumstance = null)
{
    /// <summary>Whether the rule is about such an anomaly in such a run.</summary>
    public bool Applies(AnomalyKind kind, RunFacts facts, Circumstance circumstance) =>
        kind == Kind
        && (Circumstance ?? circumstance) == circumstance
        && (Guarantees?.Contains(facts.Guarantee) ?? true)
        && (Acks ?? facts.Acks) == facts.Acks
        && (Assignment ?? facts.Assignment) == facts.Assignment
        && (TransactionProtocol ?? facts.TransactionProtocol) == facts.TransactionProtocol;
}
