using System.Globalization;
using Marathon.Cli.Faults;
using Marathon.Cli.Kafka;
using Marathon.Cli.Keeper;
using Marathon.Cli.Processes;
using Marathon.Cli.Storage;
using Marathon.Configuration;
using Marathon.Controller.Clusters;

namespace Marathon.Cli.Clusters;

/// <summary>A real Apache Kafka (KRaft) on this machine, owned by a keeper process.</summary>
internal sealed class LocalKafkaClusterProvider(string data, TimeSpan leaseTimeout) : LocalClusterProvider(data, leaseTimeout)
{
    /// <summary>As specs name it.</summary>
    public const string Name = "kafka";

    private const int MaximumBrokers = 9;

    /// <inheritdoc/>
    protected override string Kind => Name;

    /// <inheritdoc/>
    protected override string ControlFileName => KafkaFiles.ControlFileName;

    /// <inheritdoc/>
    protected override TimeSpan ServesWithin => TimeSpan.FromSeconds(180);

    /// <inheritdoc/>
    protected override TimeSpan StopsWithin => TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public override async Task CheckAsync(ClusterRequest request, CancellationToken cancellationToken)
    {
        _ = KafkaHome.Find(request.KafkaHome);
        if (request.Brokers > MaximumBrokers)
        {
            throw new SpecException("brokers", $"{request.Brokers} Kafka brokers do not fit on one machine", $"ask for {MaximumBrokers} or fewer");
        }

        await KafkaKeeper.RequireJavaAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override ProcessLaunch Describe(ClusterRequest request, RunFolder run, TimeSpan leaseTimeout) => new(
        run.ClusterPid,
        run.Log(Name),
        run.Path,
        ExecutablePath.Beside("Marathon.Cli"),
        [
            "keeper",
            "--folder", run.Cluster,
            "--logs", run.Logs,
            "--kafka-home", KafkaHome.Find(request.KafkaHome).Folder,
            "--brokers", request.Brokers.ToString(CultureInfo.InvariantCulture),
            "--lease", run.ClusterLease,
            "--lease-timeout", TestbedClusterProvider.Seconds(leaseTimeout),
        ]);

    /// <inheritdoc/>
    protected override async Task<ClusterHealth> CheckBrokersAsync(RunFolder run, CancellationToken cancellationToken)
    {
        IReadOnlySet<int> struck = await FaultFiles.StruckBrokersAsync(run, cancellationToken);
        using ClusterControl? control = await TryControlAsync(run.RunId, cancellationToken);
        if (control is null)
        {
            return new ClusterHealth(true);
        }

        ClusterState state = await control.GetStateAsync(cancellationToken);
        return state.Brokers.FirstOrDefault(b => b.State == "dead" && !struck.Contains(b.Id)) is not { } dead
            ? new ClusterHealth(true)
            : new ClusterHealth(false, $"Kafka broker {dead.Id} is gone and no fault took it away; its last words: {LogTail.Read(new KafkaFiles(run.Cluster, run.Logs).Log(dead.Id))}");
    }

    /// <inheritdoc/>
    protected override async Task KillLeftoversAsync(RunFolder run, CancellationToken cancellationToken)
    {
        foreach (string file in Directory.EnumerateFiles(run.Cluster, "*.pid"))
        {
            if (PidFile.TryRead(file) is { } process)
            {
                await process.KillAsync(cancellationToken);
            }
        }
    }
}
