using Marathon.Workers.Load;
using static Marathon.Verification.AnomalyKind;
using static Marathon.Verification.PolicyEffect;

namespace Marathon.Verification;

/// <summary>What an anomaly means, by what was asked for. Rules are data; the first that applies counts.</summary>
public static class AnomalyPolicy
{
    private static readonly Guarantee[] WithoutIdempotence = [Guarantee.AtMostOnce, Guarantee.AtLeastOnce];

    /// <summary>The table. A kind without an applicable rule is a violation.</summary>
    public static IReadOnlyList<PolicyRule> Rules { get; } =
    [
        new(Unseen, Violation,
            "the cluster answers and says that the records are there, and gives them to nobody", Circumstance: Circumstance.Withheld),
        new(Unseen, Counted, "not proven lost; it makes the verdict indeterminate"),
        new(LostAckedWrite, Violation,
            "the leader alone acknowledged (acks=1): a truncation or an unclean election explains the loss, and does not excuse it",
            Acks: Acks.Leader),
        new(LostAckedWrite, Violation, "all in-sync replicas had acknowledged (acks=all)", Acks: Acks.All),
        new(LogRegression, Violation,
            "acks=1 lets a failover drop what only the old leader had, but not what a consumer had read", Acks: Acks.Leader),
        new(Duplicate, Counted, "retries without idempotence may write a record twice", WithoutIdempotence),
        new(Duplicate, Violation, "the idempotent producer promises one record for one send"),
        new(Reorder, Counted, "retries without idempotence may overtake each other", WithoutIdempotence),
        new(Reorder, Violation, "the idempotent producer promises the order of sends"),
        new(KeyReorder, Counted, "retries without idempotence may overtake each other", WithoutIdempotence),
        new(KeyReorder, Violation, "the idempotent producer promises the order of sends"),
        new(RealtimeOrder, Counted, "with acks=1 a failover may give offsets a second time", Acks: Acks.Leader),
        new(RealtimeOrder, Violation, "an acknowledged offset is taken for good"),
        new(TransactionMixup, Violation,
            "version 1 of the transaction protocol is known to let a delayed request enter a later transaction; version 2 is not",
            TransactionProtocol: 1),
        new(StuckLso, Violation,
            "version 1 of the transaction protocol is known to leave a transaction hanging after a delayed request; version 2 is not",
            TransactionProtocol: 1),
        new(EosBroken, Violation, "exactly once was asked for", [Guarantee.ExactlyOnce]),
        new(EosBroken, Counted, "exactly once was not asked for"),
        new(ConservationBroken, Violation, "transfers in transactions conserve the total", [Guarantee.ExactlyOnce]),
        new(ConservationBroken, Counted, "only transactions conserve the total"),
        new(CommitRegression, Violation, "committed offsets only move by our commits", Assignment: Assignment.Subscribe),
        new(CommitRegression, Counted, "with assign no group uses the committed offsets", Assignment: Assignment.Assign),
    ];

    /// <summary>What an anomaly of that kind means in that run, and why.</summary>
    public static (PolicyEffect Effect, string Why) Judge(AnomalyKind kind, RunFacts facts, Circumstance circumstance = Circumstance.None)
    {
        foreach (var rule in Rules)
        {
            if (rule.Applies(kind, facts, circumstance))
                return (rule.Effect, rule.Why);
        }

        return (Violation, $"no guarantee allows it: {AnomalyCatalog.Of(kind).Summary}");
    }
}
