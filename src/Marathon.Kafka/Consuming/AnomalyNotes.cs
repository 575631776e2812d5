using Marathon.Verification;

namespace Marathon.Kafka.Consuming;

/// <summary>Anomalies that a consumer notices beside its records.</summary>
internal sealed class AnomalyNotes(int examplesPerKind)
{
    private readonly Dictionary<AnomalyKind, AnomalyTally> _tallies = [];

    public void Add(AnomalyKind kind, AnomalyExample example)
    {
        var known = _tallies.GetValueOrDefault(kind) ?? new AnomalyTally(kind, 0, []);
        _tallies[kind] = known with
        {
            Count = known.Count + 1,
            Examples = known.Examples.Count < examplesPerKind ? [.. known.Examples, example] : known.Examples,
        };
    }

    public long Count(AnomalyKind kind) => _tallies.TryGetValue(kind, out var tally) ? tally.Count : 0;

    public IReadOnlyList<AnomalyTally> Snapshot() => [.. _tallies.Values];
}
