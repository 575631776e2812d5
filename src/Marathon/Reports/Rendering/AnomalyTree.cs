namespace Marathon.Reports.Rendering;

/// <summary>An anomaly and what is reported as its consequence.</summary>
/// <param name="Anomaly">The anomaly.</param>
/// <param name="Orphaned">It names a cause that the report does not hold, or that is its own consequence; it is shown like a root.</param>
/// <param name="Consequences">What it caused, in the report's order.</param>
internal sealed record AnomalyTree(AnomalyReport Anomaly, bool Orphaned, IReadOnlyList<AnomalyTree> Consequences)
{
    /// <summary>Every anomaly exactly once: roots in the report's order, violations before the rest.</summary>
    public static IReadOnlyList<AnomalyTree> Of(IReadOnlyList<AnomalyReport> anomalies)
    {
        HashSet<AnomalyReport> placed = new(ReferenceEqualityComparer.Instance);
        List<AnomalyTree> trees =
        [
            .. anomalies.Where(a => a.CausedBy is null).Select(a => Grow(a, orphaned: false)),
            .. anomalies.Where(a => a.CausedBy is not null && anomalies.All(other => other.Kind != a.CausedBy)).Select(a => Grow(a, orphaned: true)),
        ];
        // What is left goes round in a circle.
        foreach (AnomalyReport anomaly in anomalies.Where(a => !placed.Contains(a)))
        {
            if (!placed.Contains(anomaly))
            {
                trees.Add(Grow(anomaly, orphaned: true));
            }
        }

        return [.. trees.OrderBy(t => t.Holds("violation") ? 0 : 1)];

        AnomalyTree Grow(AnomalyReport anomaly, bool orphaned)
        {
            bool isFirstOfItsKind = anomalies.First(a => a.Kind == anomaly.Kind) == anomaly;
            placed.Add(anomaly);
            List<AnomalyTree> consequences = [];
            foreach (AnomalyReport other in anomalies.Where(a => isFirstOfItsKind && a.CausedBy == anomaly.Kind))
            {
                if (!placed.Contains(other))
                {
                    consequences.Add(Grow(other, orphaned: false));
                }
            }

            return new(anomaly, orphaned, consequences);
        }
    }

    private bool Holds(string policy) => Anomaly.Policy == policy || Consequences.Any(c => c.Holds(policy));
}
