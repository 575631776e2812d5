namespace Marathon.Verification;

/// <summary>Counts anomalies by kind and keeps the first few examples of each.</summary>
internal sealed class AnomalyLog(int examplesPerKind)
{
    private readonly Dictionary<AnomalyKind, (long Count, List<AnomalyExample> Examples)> _kinds = [];

    public bool IsEmpty => _kinds.Count == 0;

    /// <summary>Whether another example of the kind would be kept; spares the making of one.</summary>
    public bool WantsExample(AnomalyKind kind) => !_kinds.TryGetValue(kind, out var found) || found.Examples.Count < examplesPerKind;

    public void Add(AnomalyKind kind, AnomalyExample? example, long count = 1) => Add(kind, count, example is null ? [] : [example]);

    public void Add(AnomalyLog other)
    {
        foreach (var (kind, (count, examples)) in other._kinds)
            Add(kind, count, examples);
    }

    public IReadOnlyList<AnomalyTally> ToTallies() =>
        [.. _kinds.OrderBy(pair => pair.Key).Select(pair => new AnomalyTally(pair.Key, pair.Value.Count, [.. pair.Value.Examples.Select(Finished)]))];

    // What was around an example may still grow, and a snapshot is read by others.
    private static AnomalyExample Finished(AnomalyExample example) => example.Around is { } around ? example with { Around = [.. around] } : example;

    private void Add(AnomalyKind kind, long count, IReadOnlyList<AnomalyExample> examples)
    {
        var entry = _kinds.TryGetValue(kind, out var found) ? found : (0, []);
        entry.Count += count;
        entry.Examples.AddRange(examples.Take(examplesPerKind - entry.Examples.Count));
        _kinds[kind] = entry;
    }
}
