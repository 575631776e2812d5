using Marathon.Verification;
using Marathon.Workers;
using Marathon.Workers.Load;

namespace Marathon.Worker.Reporting;

/// <summary>Tells of the first anomaly of each kind that is a violation for what the load asked for; the rest is in the evidence.</summary>
public sealed class ViolationWatch(EventQueue events)
{
    private readonly HashSet<string> _seen = [];

    /// <summary>Looks at the counters of a heartbeat.</summary>
    public void Look(LoadSpec spec, IReadOnlyDictionary<string, long> anomalies)
    {
        foreach (var (name, count) in anomalies.Where(anomaly => _seen.Add(anomaly.Key)))
        {
            var (effect, why) = AnomalyPolicy.Judge(KindOf(name), Facts(spec));
            if (effect == PolicyEffect.Violation)
                events.Add(WorkerEventKind.AssertionViolated, $"{name}, {count} so far: {why}");
        }
    }

    private static AnomalyKind KindOf(string name) => AnomalyCatalog.All.First(kind => AnomalyCatalog.NameOf(kind.Kind) == name).Kind;

    private static RunFacts Facts(LoadSpec spec) => new()
    {
        Run = spec.RunId,
        Topics = [],
        Guarantee = spec.Guarantee,
        Acks = (Acks)spec.Acks,
        Assignment = spec.Assignment,
    };
}
