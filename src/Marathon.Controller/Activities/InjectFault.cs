using Marathon.Controller.Clusters;
using Marathon.Controller.Runs;
using Marathon.Durable;
using Marathon.Faults;

namespace Marathon.Controller.Activities;

/// <summary>Injects a fault and writes it down.</summary>
public sealed class InjectFault(IRunStore runs, IEnumerable<IFaultInjector> injectors) : Activity<InjectFaultRequest, FaultRecord>
{
    /// <inheritdoc/>
    public override async Task<FaultRecord> RunAsync(ActivityContext context, InjectFaultRequest input)
    {
        RunRecord run = await runs.GetAsync(input.RunId, CancellationToken.None);
        if (run.Faults.FirstOrDefault(f => f.Id == input.FaultId) is { } injected)
        {
            return injected;
        }

        ClusterDescription cluster = run.Cluster ?? throw new InvalidOperationException("the cluster is not up yet: there is nothing to break");
        FaultSpec fault = input.Fault.Topic is null ? input.Fault with { Topic = run.Topic?.Name } : input.Fault;
        FaultRecord record = await Faulted.For(injectors, fault.Role, cluster)
            .InjectAsync(input.RunId, input.FaultId, fault, cluster.BootstrapServers, CancellationToken.None);
        await runs.UpdateAsync(input.RunId, r => r.With(record), CancellationToken.None);
        return record;
    }
}
