namespace Marathon.Verification;

/// <summary>A place in a partition that somebody should look at: an offset, or a record that lies somewhere between two.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Offsets">The offsets among which it is.</param>
/// <param name="Incarnation">The record's incarnation; 0 when it is the first of the offsets that counts.</param>
/// <param name="Sequence">The record's sequence.</param>
public sealed record LogPlace(int Partition, Interval Offsets, long Incarnation = 0, long Sequence = -1)
{
    private const int OfEachKind = 20;

    /// <summary>The place of an example; null where it has none.</summary>
    public static LogPlace? Of(AnomalyExample example) => (example.Partition, example.Between, example.Offset) switch
    {
        // Before the offset: that may be what an excerpt has told, and the place is the same still.
        ({ } partition, { } between, _) => new(partition, between, example.Incarnation ?? 0, example.Sequence ?? -1),
        ({ } partition, null, >= 0 and { } offset) => new(partition, new Interval(offset, offset + 1)),
        _ => null,
    };

    /// <summary>The places in a topic where violations are, those of the first twenty examples of each kind, that have not been quoted yet.</summary>
    public static IReadOnlyList<LogPlace> Wanted(VerificationResult result, string topic, IReadOnlyList<LogExcerpt> quoted) =>
    [
        .. result.Anomalies.Where(finding => finding.Effect == PolicyEffect.Violation)
            .SelectMany(finding => finding.Examples.Where(example => example.Topic == topic).Select(Of).OfType<LogPlace>().Distinct().Take(OfEachKind))
            .Distinct()
            .Except(quoted.Select(excerpt => excerpt.Place)),
    ];
}
