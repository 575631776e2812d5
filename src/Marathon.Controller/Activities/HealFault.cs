using Marathon.Controller.Clusters;
using Marathon.Controller.Runs;
using Marathon.Durable;
using Marathon.Faults;

namespace Marathon.Controller.Activities;

/// <summary>Heals one fault.</summary>
public sealed class HealFault(IRunStore runs, IEnumerable<IFaultInjector> injectors) : Activity<HealFaultRequest, FaultRecord>
{
    /// <inheritdoc/>
    public override async Task<FaultRecord> RunAsync(ActivityContext context, HealFaultRequest input)
    {
        RunRecord run = await runs.GetAsync(input.RunId, CancellationToken.None);
        return await Faulted.HealAsync(runs, injectors, run, run.Faults.First(f => f.Id == input.FaultId));
    }
}
