using Marathon.Controller.Clusters;
using Marathon.Controller.Runs;
using Marathon.Durable;
using Marathon.Faults;

namespace Marathon.Controller.Activities;

/// <summary>Heals whatever is still broken on purpose; answers when to call again for what a platform takes its time over, null when all is done.</summary>
public sealed class HealFaults(IRunStore runs, IEnumerable<IFaultInjector> injectors) : Activity<RunRequest, TimeSpan?>
{
    /// <inheritdoc/>
    public override async Task<TimeSpan?> RunAsync(ActivityContext context, RunRequest input)
    {
        RunRecord run = await runs.GetAsync(input.RunId, CancellationToken.None);
        TimeSpan? again = null;
        foreach (FaultRecord fault in run.Faults)
        {
            FaultRecord healed = await Faulted.HealAsync(runs, injectors, run, fault);
            if (run.ClusterHeld && healed.PollAfter is { } after)
            {
                again = again < after ? again : after;
            }
        }

        return again;
    }
}
