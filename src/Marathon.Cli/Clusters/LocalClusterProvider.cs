using Marathon.Cli.Processes;
using Marathon.Cli.Storage;
using Marathon.Controller.Clusters;
using Marathon.Kafka.Admin;
using Marathon.Leases;

namespace Marathon.Cli.Clusters;

/// <summary>A cluster on this machine, held by one process of its own that outlives us, watches a lease and takes orders over HTTP.</summary>
/// <param name="data">The data folder.</param>
/// <param name="leaseTimeout">How long the cluster lives without a living controller.</param>
internal abstract class LocalClusterProvider(string data, TimeSpan leaseTimeout) : IClusterProvider
{
    // Whoever asks for it may be told to stop meanwhile: it is asked for in turns.
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_answersWithin = TimeSpan.FromSeconds(3);

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
    public async Task<ClusterDescription?> ProvisionAsync(ClusterRequest request, CancellationToken cancellationToken)
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
        if (await WaitForControlAsync(run, process, cancellationToken) is not { } control)
        {
            return null;
        }

        using ClusterControl api = new(control);
        ClusterState state = await api.GetStateAsync(cancellationToken);
        return await HasBrokersAsync(run, control.BootstrapServers, state.Brokers.Count(b => b.State == "running"), cancellationToken)
            ? new ClusterDescription(Kind, state.Version, state.Brokers.Count, control.BootstrapServers)
            : null;
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

    private async Task<ControlFile?> WaitForControlAsync(RunFolder run, ProcessIdentity process, CancellationToken cancellationToken)
    {
        long since = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(since) < s_turn)
        {
            bool alive = process.IsAlive;
            if (await LenientJsonFile.ReadAsync<ControlFile>(Path.Combine(run.Cluster, ControlFileName), cancellationToken) is { } control)
            {
                return control;
            }

            if (!alive || IsOverdue(run))
            {
                string problem = alive ? $"does not serve after {ServesWithin.TotalSeconds:0} s" : "ended instead of serving";
                throw new IOException($"the {Kind} cluster {problem}; its last words: {LogTail.Read(run.Log(Kind))} (log: {run.Log(Kind)})");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }

        return null;
    }

    private async Task<bool> HasBrokersAsync(RunFolder run, string bootstrapServers, int brokers, CancellationToken cancellationToken)
    {
        using KafkaAdmin admin = new(bootstrapServers, reachableWithin: s_answersWithin);
        long since = TimeProvider.System.GetTimestamp();
        do
        {
            int joined = await JoinedAsync(admin, cancellationToken);
            if (joined >= brokers)
            {
                return true;
            }

            if (IsOverdue(run))
            {
                throw new IOException($"only {joined} of {brokers} brokers of the {Kind} cluster have joined after {ServesWithin.TotalSeconds:0} s (logs: {run.Logs})");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        }
        while (TimeProvider.System.GetElapsedTime(since) < s_turn);

        return false;
    }

    private static async Task<int> JoinedAsync(KafkaAdmin admin, CancellationToken cancellationToken)
    {
        try
        {
            return (await admin.DescribeClusterAsync(cancellationToken)).Brokers.Count;
        }
        catch (ClusterUnreachableException)
        {
            return 0;
        }
    }

    // Its process writes the file as it starts.
    private bool IsOverdue(RunFolder run) => TimeProvider.System.GetUtcNow() - File.GetLastWriteTimeUtc(run.ClusterPid) > ServesWithin;
}
