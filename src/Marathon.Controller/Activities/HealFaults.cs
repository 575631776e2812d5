using Marathon.Controller.Clusters;
using Marathon.Controller.Runs;
using Marathon.Durable;
using Marathon.Faults;

namespace Marathon.Controller.Activities;

/// <summary>Heals whatever is still broken on purpose.</summary>
public sealed class HealFaults(IRunStore runs, IEnumerable<IFaultInjector> injectors) : Activity<RunRequest, object?>
{
    /// <inheritdoc/>
    public override async Task<object?> RunAsync(ActivityContext context, RunRequest input)
    {
        RunRecord run = await runs.GetAsync(input.RunId, CancellationToken.None);
        foreach (FaultRecord fault in run.Faults)
        {
            await Faulted.HealAsync(runs, injectors, run, fault);
        }

        return null;
    }
}
