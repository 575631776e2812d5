using Marathon.Scenarios.Toolkit;

namespace Marathon.Verification;

/// <summary>Collects anomalies of a run, and puts them under its policy, roots first.</summary>
internal sealed class Findings(RunFacts facts)
{
    private readonly SortedDictionary<(AnomalyKind Kind, Circumstance Circumstance), (long Count, List<AnomalyExample> Examples)> _found = [];

    public void Add(AnomalyKind kind, long count, params ReadOnlySpan<AnomalyExample> examples) => Add(kind, Circumstance.None, count, examples);

    public void Add(AnomalyKind kind, Circumstance circumstance, long count, params ReadOnlySpan<AnomalyExample> examples)
    {
        if (count <= 0)
            return;

        var entry = _found.TryGetValue((kind, circumstance), out var found) ? found : (0, []);
        entry.Count += count;
        foreach (var example in examples)
        {
            if (entry.Examples.Count < AnomalyCatalog.ExamplesOf(kind))
                entry.Examples.Add(example);
        }

        _found[(kind, circumstance)] = entry;
    }

    public void Add(AnomalyTally tally) => Add(tally.Kind, tally.Count, [.. tally.Examples]);

    public IReadOnlyList<AnomalyFinding> UnderPolicy()
    {
        var kinds = _found.Keys.Select(key => key.Kind).ToHashSet();
        return
        [
            .. _found.Select(pair => Judge(pair.Key, pair.Value.Count, pair.Value.Examples, AnomalyCatalog.RootOf(pair.Key.Kind, kinds)))
                .OrderBy(finding => finding.CausedBy is not null)
                .ThenBy(finding => finding.Effect)
                .ThenBy(finding => finding.Severity)
                .ThenBy(finding => finding.Kind),
        ];
    }

    private AnomalyFinding Judge(
        (AnomalyKind Kind, Circumstance Circumstance) what, long count, IReadOnlyList<AnomalyExample> examples, AnomalyKind? root)
    {
        var (effect, why) = AnomalyPolicy.Judge(what.Kind, facts, what.Circumstance);
        var severity = AnomalyCatalog.Of(what.Kind).Severity;
        if (effect != PolicyEffect.Violation && severity < Severity.Warning)
            severity = effect == PolicyEffect.Counted ? Severity.Warning : Severity.Info;

        return new AnomalyFinding(what.Kind, count, severity, effect, why, examples, root);
    }
}
