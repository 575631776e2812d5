using Marathon.Controller.Clusters;
using Marathon.Faults;

namespace Marathon.Azure.Tests.EndToEnd;

/// <summary>An injector in Azure's time, for a controller in ours.</summary>
public sealed class FastFaults(IFaultInjector inner, FastClock clock) : IFaultInjector
{
    public bool Serves(FaultRole role, string clusterKind) => inner.Serves(role, clusterKind);

    public async Task<FaultRecord> InjectAsync(string runId, string faultId, FaultSpec fault, string bootstrapServers, CancellationToken cancellationToken) =>
        InOurTime(await inner.InjectAsync(runId, faultId, fault, bootstrapServers, cancellationToken));

    public async Task<FaultRecord> HealAsync(string runId, FaultRecord fault, CancellationToken cancellationToken) =>
        InOurTime(await inner.HealAsync(runId, fault, cancellationToken));

    public async Task<FaultRecord> PollAsync(string runId, FaultRecord fault, CancellationToken cancellationToken) =>
        InOurTime(await inner.PollAsync(runId, fault, cancellationToken));

    private FaultRecord InOurTime(FaultRecord fault) => fault with { PollAfter = fault.PollAfter is { } after ? clock.ToOurs(after) : null };
}
