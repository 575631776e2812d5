using Marathon.Faults;

namespace Marathon.Controller.Clusters;

/// <summary>Breaks a cluster, or the machines of workers, on purpose, and heals them.</summary>
public interface IFaultInjector
{
    /// <summary>Whether this injector can strike one in that role, with a cluster of that kind.</summary>
    bool Serves(FaultRole role, string clusterKind);

    /// <summary>
    /// Injects; answers once the fault has been seen to take effect, or, where a platform takes its time, what is to be polled.
    /// Idempotent by fault id.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="faultId">Unique within the run.</param>
    /// <param name="fault">What to do; its topic is resolved.</param>
    /// <param name="bootstrapServers">To find the broker that holds the role now.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    Task<FaultRecord> InjectAsync(string runId, string faultId, FaultSpec fault, string bootstrapServers, CancellationToken cancellationToken);

    /// <summary>Heals, and answers once the broker serves again, or what is to be polled; nothing to do is fine.</summary>
    Task<FaultRecord> HealAsync(string runId, FaultRecord fault, CancellationToken cancellationToken);

    /// <summary>Takes the next step of what is under way, and answers how it fares.</summary>
    Task<FaultRecord> PollAsync(string runId, FaultRecord fault, CancellationToken cancellationToken) => Task.FromResult(fault with { PollAfter = null });
}
