using Marathon.Controller.Http;
using Marathon.Workers;

namespace Marathon.Cli.Running;

/// <summary>A look at a run, with the rates since an earlier one.</summary>
/// <param name="Run">What the controller says.</param>
/// <param name="Elapsed">Since the run was accepted.</param>
/// <param name="ProducedPerSecond">Acknowledged records.</param>
/// <param name="ConsumedPerSecond">Read records.</param>
internal sealed record RunProgress(RunSummary Run, TimeSpan Elapsed, double ProducedPerSecond, double ConsumedPerSecond)
{
    private static readonly LoadCounters s_none = new();

    /// <summary>Counters of all workers.</summary>
    public LoadCounters Counters => Run.Counters ?? s_none;

    /// <summary>Records that consumers have yet to read.</summary>
    public long Lag => Living.Sum(w => w.Lag);

    /// <summary>The worst of the workers, in milliseconds.</summary>
    public double? PublishP99 => Living.Max(w => w.PublishP99Ms);

    /// <summary>The worst of the workers, in milliseconds.</summary>
    public double? EndToEndP99 => Living.Max(w => w.EndToEndP99Ms);

    /// <summary>Workers that have not ended.</summary>
    public IEnumerable<WorkerSummary> Living => (Run.Workers ?? []).Where(w => w.End is null);
}
