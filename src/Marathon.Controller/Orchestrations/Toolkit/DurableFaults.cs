using Marathon.Controller.Activities;
using Marathon.Faults;
using Marathon.Scenarios.Toolkit;

namespace Marathon.Controller.Orchestrations.Toolkit;

/// <summary>What is broken on purpose.</summary>
internal sealed class DurableFaults(StageCalls calls) : IFaults
{
    /// <inheritdoc/>
    public async Task<FaultRecord> InjectAsync(FaultSpec fault) => await FinishAsync(
        await calls.CallAsync<FaultRecord>(nameof(InjectFault), new InjectFaultRequest(calls.Input.RunId, calls.NextId("fault"), fault)));

    /// <inheritdoc/>
    public async Task<FaultRecord> HealAsync(FaultRecord fault) => await FinishAsync(
        await calls.CallAsync<FaultRecord>(nameof(HealFault), new HealFaultRequest(calls.Input.RunId, fault.Id)));

    // A platform may take minutes, an activity may not.
    private async Task<FaultRecord> FinishAsync(FaultRecord fault)
    {
        while (fault.PollAfter is { } after)
        {
            await calls.DelayAsync(after);
            fault = await calls.CallAsync<FaultRecord>(nameof(PollFault), new HealFaultRequest(calls.Input.RunId, fault.Id));
        }

        return fault;
    }
}
