using Marathon.Faults;

namespace Marathon.Controller.Clusters;

/// <summary>Breaks a cluster on purpose, and heals it.</summary>
public interface IFaultInjector
{
    /// <summary>Whether the run's cluster can be broken by this injector.</summary>
    bool Serves(string clusterKind);

    /// <summary>Injects; answers once the fault has been seen to take effect. Idempotent by fault id.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="faultId">Unique within the run.</param>
    /// <param name="fault">What to do; its topic is resolved.</param>
    /// <param name="bootstrapServers">To find the broker that holds the role now.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    Task<FaultRecord> InjectAsync(string runId, string faultId, FaultSpec fault, string bootstrapServers, CancellationToken cancellationToken);

    /// <summary>Heals, and answers once the broker serves again; nothing to do is fine.</summary>
    Task<FaultRecord> HealAsync(string runId, FaultRecord fault, CancellationToken cancellationToken);
}
