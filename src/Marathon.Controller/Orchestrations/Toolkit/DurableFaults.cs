using Marathon.Controller.Activities;
using Marathon.Faults;
using Marathon.Scenarios.Toolkit;

namespace Marathon.Controller.Orchestrations.Toolkit;

/// <summary>What is broken on purpose.</summary>
internal sealed class DurableFaults(StageCalls calls) : IFaults
{
    /// <inheritdoc/>
    public Task<FaultRecord> InjectAsync(FaultSpec fault) =>
        calls.CallAsync<FaultRecord>(nameof(InjectFault), new InjectFaultRequest(calls.Input.RunId, calls.NextId("fault"), fault));

    /// <inheritdoc/>
    public Task<FaultRecord> HealAsync(FaultRecord fault) =>
        calls.CallAsync<FaultRecord>(nameof(HealFault), new HealFaultRequest(calls.Input.RunId, fault.Id));
}
