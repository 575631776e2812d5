using Marathon.Controller.Clusters;
using Marathon.Controller.Runs;
using Marathon.Faults;

namespace Marathon.Controller.Activities;

/// <summary>What injecting and healing share.</summary>
internal static class Faulted
{
    /// <summary>The injector that can strike one in a role.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static IFaultInjector For(IEnumerable<IFaultInjector> injectors, FaultRole role, ClusterDescription cluster) =>
        injectors.FirstOrDefault(i => i.Serves(role, cluster.Kind))
        ?? throw new InvalidOperationException(role == FaultRole.Worker
            ? "nothing here can break the machines of workers: run the scenario where the fleet is a scale set, or aim it at brokers"
            : $"nothing here can break a cluster of kind '{cluster.Kind}': run the scenario with --cluster testbed or kafka");

    /// <summary>Heals a fault, unless it is healed and recovered from or its cluster gone, and writes it down.</summary>
    public static async Task<FaultRecord> HealAsync(IRunStore runs, IEnumerable<IFaultInjector> injectors, RunRecord run, FaultRecord fault)
    {
        // A restart heals itself; when its partitions had a leader again is still to be asked.
        if (fault.IsOver || !run.ClusterHeld)
        {
            return fault;
        }

        FaultRecord healed = await For(injectors, fault.Spec.Role, run.Cluster!).HealAsync(run.RunId, fault, CancellationToken.None);
        await runs.UpdateAsync(run.RunId, r => r.With(healed), CancellationToken.None);
        return healed;
    }
}
