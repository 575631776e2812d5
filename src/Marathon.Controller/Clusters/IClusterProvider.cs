namespace Marathon.Controller.Clusters;

/// <summary>
/// Brings a system under test up for a run and takes it down again. Every call is idempotent by run id: a provider
/// called again after a crash adopts what it finds alive. What it starts holds a lease and outlives the controller.
/// </summary>
public interface IClusterProvider
{
    /// <summary>Whether a spec's cluster (<c>testbed</c>, <c>kafka</c>, bootstrap servers) is this provider's.</summary>
    bool Serves(string cluster);

    /// <summary>What is missing on this machine for the request: refused before a run id exists.</summary>
    /// <exception cref="Configuration.SpecException">Names the field and the remedy.</exception>
    Task CheckAsync(ClusterRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Starts, or adopts, the run's cluster. It waits a second or so for it to serve, no longer, for whoever asks may be told to
    /// stop; null when it does not yet: ask again.
    /// </summary>
    Task<ClusterDescription?> ProvisionAsync(ClusterRequest request, CancellationToken cancellationToken);

    /// <summary>Renews its lease; false when it is no longer alive.</summary>
    Task<ClusterHealth> RenewAsync(string runId, CancellationToken cancellationToken);

    /// <summary>How often each lie was told so far, by kind; empty where the cluster tells none.</summary>
    Task<IReadOnlyDictionary<string, long>> CommittedLiesAsync(string runId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, long>>(new Dictionary<string, long>());

    /// <summary>Stops it and removes what it left; nothing to do is fine.</summary>
    Task ReleaseAsync(string runId, CancellationToken cancellationToken);
}
