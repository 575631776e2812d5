using System.Collections.Concurrent;
using Marathon.Cli.Clusters;
using Marathon.Cli.Storage;
using Marathon.Controller.Clusters;
using Marathon.Faults;
using Marathon.Kafka.Admin;

namespace Marathon.Cli.Faults;

/// <summary>Breaks brokers of a cluster on this machine through the process that holds it, and measures what that did to partitions.</summary>
internal sealed class LocalFaultInjector(string data, IReadOnlyList<LocalClusterProvider> clusters, TimeProvider clock) : IFaultInjector
{
    private static readonly TimeSpan s_resolveWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_servesWithin = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan s_recoveryAfterHeal = TimeSpan.FromSeconds(120);
    private readonly ConcurrentDictionary<string, Watch> watches = new();

    /// <inheritdoc/>
    public bool Serves(FaultRole role, string clusterKind) =>
        role != FaultRole.Worker && clusterKind is TestbedClusterProvider.Name or LocalKafkaClusterProvider.Name;

    /// <inheritdoc/>
    public async Task<FaultRecord> InjectAsync(string runId, string faultId, FaultSpec fault, string bootstrapServers, CancellationToken cancellationToken)
    {
        RunFolder run = new(data, runId);
        FaultFile? file = await FaultFiles.TryReadAsync(run, faultId, cancellationToken);
        if (file is { StartedAt: not null })
        {
            return file.ToRecord();
        }

        using ClusterControl control = await ControlAsync(runId, cancellationToken);
        if (file is null)
        {
            file = await AimAsync(run, faultId, fault, bootstrapServers, control, cancellationToken);
            await FaultFiles.WriteAsync(run, file, cancellationToken);
        }

        DateTimeOffset before = clock.GetUtcNow();
        await control.ActAsync(file.BrokerId, fault.Action.ToString().ToLowerInvariant(), cancellationToken);
        DateTimeOffset after = clock.GetUtcNow();
        // A restart's answer comes when the broker serves again, so it struck when it was asked for.
        file = fault.Action == FaultAction.Restart ? file with { StartedAt = before, HealedAt = after } : file with { StartedAt = after };
        file = file.Partitions.Count == 0 ? file with { RecoveredAt = file.StartedAt } : file;
        await FaultFiles.WriteAsync(run, file, cancellationToken);
        if (file.RecoveredAt is null)
        {
            watches[Key(runId, faultId)] = await StartWatchAsync(file, control, cancellationToken);
        }

        return file.ToRecord();
    }

    /// <inheritdoc/>
    public async Task<FaultRecord> HealAsync(string runId, FaultRecord fault, CancellationToken cancellationToken)
    {
        RunFolder run = new(data, runId);
        if (await FaultFiles.TryReadAsync(run, fault.Id, cancellationToken) is not { } file)
        {
            return fault;
        }

        if (file.HealedAt is null)
        {
            using ClusterControl control = await ControlAsync(runId, cancellationToken);
            await control.ActAsync(file.BrokerId, file.Spec.Action == FaultAction.Pause ? "resume" : "restart", cancellationToken);
            await WaitUntilServesAsync(file, control, cancellationToken);
            file = file with { HealedAt = clock.GetUtcNow() };
            await FaultFiles.WriteAsync(run, file, cancellationToken);
        }

        if (watches.TryRemove(Key(runId, fault.Id), out Watch? watch))
        {
            file = file with { RecoveredAt = await watch.EndAsync(file, clock, s_recoveryAfterHeal, cancellationToken) };
            await FaultFiles.WriteAsync(run, file, cancellationToken);
        }

        return file.ToRecord();
    }

    private static string Key(string runId, string faultId) => $"{runId}/{faultId}";

    private async Task<ClusterControl> ControlAsync(string runId, CancellationToken cancellationToken)
    {
        foreach (LocalClusterProvider cluster in clusters)
        {
            if (await cluster.TryControlAsync(runId, cancellationToken) is { } control)
            {
                return control;
            }
        }

        throw new InvalidOperationException($"run {runId} has no cluster on this machine whose brokers could be broken");
    }

    private async Task<FaultFile> AimAsync(
        RunFolder run, string faultId, FaultSpec fault, string bootstrapServers, ClusterControl control, CancellationToken cancellationToken)
    {
        IReadOnlySet<int> struck = await FaultFiles.StruckBrokersAsync(run, cancellationToken);
        int[] living = [.. (await control.GetStateAsync(cancellationToken)).Brokers.Where(b => b.State == "running" && !struck.Contains(b.Id)).Select(b => b.Id)];
        using KafkaAdmin admin = new(bootstrapServers);
        long since = clock.GetTimestamp();
        while (true)
        {
            IReadOnlyList<PartitionInfo> partitions = fault.Topic is null ? [] : await admin.DescribeTopicAsync(fault.Topic, cancellationToken, exists: true);
            if (FaultTarget.Find(fault, partitions, living) is { } broker)
            {
                int[] led = [.. partitions.Where(p => p.Leader == broker).Select(p => p.Partition)];
                return new FaultFile(faultId, fault, broker, led, bootstrapServers);
            }

            if (clock.GetElapsedTime(since) > s_resolveWithin)
            {
                throw new InvalidOperationException(
                    $"no living broker is {FaultTarget.Describe(fault)} after {s_resolveWithin.TotalSeconds:0} s; living are: {string.Join(", ", living)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), clock, cancellationToken);
        }
    }

    private async Task<Watch> StartWatchAsync(FaultFile file, ClusterControl control, CancellationToken cancellationToken)
    {
        ClusterState state = await control.GetStateAsync(cancellationToken);
        string[] others = [.. state.Brokers.Where(b => b.Id != file.BrokerId).Select(b => b.Address)];
        return Watch.Start(others.Length == 0 ? file.BootstrapServers : string.Join(',', others), file, clock);
    }

    private async Task WaitUntilServesAsync(FaultFile file, ClusterControl control, CancellationToken cancellationToken)
    {
        long since = clock.GetTimestamp();
        while (!await HasJoinedAsync(file, cancellationToken))
        {
            if (clock.GetElapsedTime(since) > s_servesWithin)
            {
                string brokers = string.Join(", ", (await control.GetStateAsync(cancellationToken)).Brokers.Select(b => $"{b.Id} {b.State}"));
                throw new InvalidOperationException(
                    $"broker {file.BrokerId} has not joined the cluster again after {s_servesWithin.TotalSeconds:0} s; brokers are: {brokers}; their logs are in the run's folder");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, cancellationToken);
        }
    }

    private static async Task<bool> HasJoinedAsync(FaultFile file, CancellationToken cancellationToken)
    {
        // A client goes on asking whom it once took for the controller, and that one may be broken too: each question by a new one.
        using KafkaAdmin admin = new(file.BootstrapServers);
        try
        {
            return (await admin.DescribeClusterAsync(cancellationToken)).Brokers.Any(b => b.Id == file.BrokerId);
        }
        catch (ClusterUnreachableException)
        {
            // A cluster that was broken on purpose may take longer than one question to answer again.
            return false;
        }
    }
}
