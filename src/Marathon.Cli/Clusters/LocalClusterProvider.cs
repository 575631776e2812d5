using Marathon.Cli.Keeper;
using Marathon.Cli.Processes;
using Marathon.Cli.Storage;
using Marathon.Controller.Clusters;
using Marathon.Kafka.Admin;

namespace Marathon.Cli.Clusters;

/// <summary>A cluster on this machine, held by one process of its own that outlives us, watches a lease and takes orders over HTTP.</summary>
/// <param name="data">The data folder.</param>
/// <param name="leaseTimeout">How long the cluster lives without a living controller.</param>
internal abstract class LocalClusterProvider(string data, TimeSpan leaseTimeout) : IClusterProvider
{
    /// <summary>Of a cluster that tells none.</summary>
    protected static IReadOnlyDictionary<string, long> NoLies { get; } = new Dictionary<string, long>();

    /// <summary>testbed or kafka.</summary>
    protected abstract string Kind { get; }

    /// <summary>How long it may take until it serves.</summary>
    protected abstract TimeSpan ServesWithin { get; }

    /// <summary>How long it may take to stop in order.</summary>
    protected abstract TimeSpan StopsWithin { get; }

    /// <inheritdoc/>
    public bool Serves(string cluster) => cluster == Kind;

    /// <inheritdoc/>
    public abstract Task CheckAsync(ClusterRequest request, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public async Task<ClusterDescription> ProvisionAsync(ClusterRequest request, CancellationToken cancellationToken)
    {
        RunFolder run = new(data, request.RunId);
        Directory.CreateDirectory(run.Cluster);
        LeaseFile.Touch(run.ClusterLease);
        if (PidFile.TryRead(run.ClusterPid) is { IsAlive: false })
        {
            // What an earlier attempt left cannot serve any more.
            await ReleaseAsync(request.RunId, cancellationToken);
            Directory.CreateDirectory(run.Cluster);
            LeaseFile.Touch(run.ClusterLease);
        }

        ProcessIdentity process = await DetachedProcess.StartAsync(Describe(request, run, leaseTimeout), cancellationToken);
        ControlFile control = await WaitForControlAsync(run, process, cancellationToken);
        using ClusterControl api = new(control);
        ClusterState state = await api.GetStateAsync(cancellationToken);
        await WaitForBrokersAsync(run, control.BootstrapServers, state.Brokers.Count(b => b.State == "running"), cancellationToken);
        return new ClusterDescription(Kind, state.Version, state.Brokers.Count, control.BootstrapServers);
    }

    /// <inheritdoc/>
    public async Task<ClusterHealth> RenewAsync(string runId, CancellationToken cancellationToken)
    {
        RunFolder run = new(data, runId);
        if (PidFile.TryRead(run.ClusterPid) is not { IsAlive: true })
        {
            return new ClusterHealth(false, $"the process of the {Kind} cluster is gone; its last words: {LogTail.Read(run.Log(Kind))}");
        }

        LeaseFile.Touch(run.ClusterLease);
        return await CheckBrokersAsync(run, cancellationToken);
    }

    /// <inheritdoc/>
    public virtual Task<IReadOnlyDictionary<string, long>> CommittedLiesAsync(string runId, CancellationToken cancellationToken) =>
        Task.FromResult(NoLies);

    /// <inheritdoc/>
    public virtual async Task ReleaseAsync(string runId, CancellationToken cancellationToken)
    {
        RunFolder run = new(data, runId);
        if (!Directory.Exists(run.Path))
        {
            return;
        }

        if (PidFile.TryRead(run.ClusterPid) is { } process)
        {
            await process.TerminateAsync(StopsWithin, cancellationToken);
        }

        if (Directory.Exists(run.Cluster))
        {
            await KillLeftoversAsync(run, cancellationToken);
            Directory.Delete(run.Cluster, recursive: true);
        }

        File.Delete(run.ClusterPid);
        File.Delete(run.ClusterLease);
    }

    /// <summary>The process to start.</summary>
    protected abstract ProcessLaunch Describe(ClusterRequest request, RunFolder run, TimeSpan leaseTimeout);

    /// <summary>Name of its control file in the cluster's folder.</summary>
    protected abstract string ControlFileName { get; }

    /// <summary>Whether a broker is gone that no fault has taken away.</summary>
    protected virtual Task<ClusterHealth> CheckBrokersAsync(RunFolder run, CancellationToken cancellationToken) =>
        Task.FromResult(new ClusterHealth(true));

    /// <summary>Ends what the process, once killed, may have left.</summary>
    protected virtual Task KillLeftoversAsync(RunFolder run, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The control API of the run's cluster; null when it does not serve.</summary>
    internal async Task<ClusterControl?> TryControlAsync(string runId, CancellationToken cancellationToken)
    {
        string file = Path.Combine(new RunFolder(data, runId).Cluster, ControlFileName);
        return await LenientJsonFile.ReadAsync<ControlFile>(file, cancellationToken) is { } control ? new ClusterControl(control) : null;
    }

    private async Task<ControlFile> WaitForControlAsync(RunFolder run, ProcessIdentity process, CancellationToken cancellationToken)
    {
        long since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            bool alive = process.IsAlive;
            if (await LenientJsonFile.ReadAsync<ControlFile>(Path.Combine(run.Cluster, ControlFileName), cancellationToken) is { } control)
            {
                return control;
            }

            if (!alive || TimeProvider.System.GetElapsedTime(since) > ServesWithin)
            {
                string problem = alive ? $"does not serve after {ServesWithin.TotalSeconds:0} s" : "ended instead of serving";
                throw new IOException($"the {Kind} cluster {problem}; its last words: {LogTail.Read(run.Log(Kind))} (log: {run.Log(Kind)})");
            }

            LeaseFile.Touch(run.ClusterLease);
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    private async Task WaitForBrokersAsync(RunFolder run, string bootstrapServers, int brokers, CancellationToken cancellationToken)
    {
        using KafkaAdmin admin = new(bootstrapServers, reachableWithin: ServesWithin);
        long since = TimeProvider.System.GetTimestamp();
        ClusterInfo cluster;
        while ((cluster = await admin.DescribeClusterAsync(cancellationToken)).Brokers.Count < brokers)
        {
            if (TimeProvider.System.GetElapsedTime(since) > ServesWithin)
            {
                throw new IOException($"only {cluster.Brokers.Count} of {brokers} brokers of the {Kind} cluster have joined after {ServesWithin.TotalSeconds:0} s (logs: {run.Logs})");
            }

            LeaseFile.Touch(run.ClusterLease);
            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        }
    }
}
