using Marathon.Controller.Clusters;
using Marathon.Controller.Runs;
using Marathon.Durable;
using Marathon.Faults;

namespace Marathon.Controller.Activities;

/// <summary>Takes the next step of a fault that a platform takes its time over, and writes down how it fares.</summary>
public sealed class PollFault(IRunStore runs, IEnumerable<IFaultInjector> injectors) : Activity<HealFaultRequest, FaultRecord>
{
    /// <inheritdoc/>
    public override async Task<FaultRecord> RunAsync(ActivityContext context, HealFaultRequest input)
    {
        RunRecord run = await runs.GetAsync(input.RunId, CancellationToken.None);
        FaultRecord fault = run.Faults.First(f => f.Id == input.FaultId);
        if (fault.PollAfter is not null)
        {
            fault = await Faulted.For(injectors, fault.Spec.Role, run.Cluster!).PollAsync(run.RunId, fault, CancellationToken.None);
            await runs.UpdateAsync(run.RunId, r => r.With(fault), CancellationToken.None);
        }

        return fault.Trouble is { } trouble ? throw new InvalidOperationException(trouble) : fault;
    }
}
