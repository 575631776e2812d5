using Marathon.Scenarios.Toolkit;

namespace Marathon.Verification;

/// <summary>Collects anomalies of a run, and puts them under its policy, roots first.</summary>
internal sealed class Findings(RunFacts facts)
{
    private const int ExamplesPerKind = 16;
    private readonly SortedDictionary<AnomalyKind, (long Count, List<AnomalyExample> Examples)> _kinds = [];

    public long Count(AnomalyKind kind) => _kinds.TryGetValue(kind, out var found) ? found.Count : 0;

    public void Add(AnomalyKind kind, long count, params ReadOnlySpan<AnomalyExample> examples)
    {
        if (count <= 0)
            return;

        var entry = _kinds.TryGetValue(kind, out var found) ? found : (0, []);
        entry.Count += count;
        foreach (var example in examples)
        {
            if (entry.Examples.Count < ExamplesPerKind)
                entry.Examples.Add(example);
        }

        _kinds[kind] = entry;
    }

    public void Add(AnomalyTally tally) => Add(tally.Kind, tally.Count, [.. tally.Examples]);

    public IReadOnlyList<AnomalyFinding> UnderPolicy()
    {
        var found = _kinds.Keys.ToHashSet();
        return
        [
            .. _kinds.Select(pair => Judge(pair.Key, pair.Value.Count, pair.Value.Examples, AnomalyCatalog.RootOf(pair.Key, found)))
                .OrderBy(finding => finding.CausedBy is not null)
                .ThenBy(finding => finding.Effect)
                .ThenBy(finding => finding.Severity)
                .ThenBy(finding => finding.Kind),
        ];
    }

    private AnomalyFinding Judge(AnomalyKind kind, long count, IReadOnlyList<AnomalyExample> examples, AnomalyKind? root)
    {
        var (effect, why) = AnomalyPolicy.Judge(kind, facts);
        var severity = AnomalyCatalog.Of(kind).Severity;
        if (effect != PolicyEffect.Violation && severity < Severity.Warning)
            severity = effect == PolicyEffect.Counted ? Severity.Warning : Severity.Info;

        return new AnomalyFinding(kind, count, severity, effect, why, examples, root);
    }
}
