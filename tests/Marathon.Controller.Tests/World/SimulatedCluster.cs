using Marathon.Configuration;
using Marathon.Controller.Clusters;
using Marathon.Controller.Topics;
using Marathon.Faults;
using Marathon.Reports;
using Marathon.Verification;

namespace Marathon.Controller.Tests.World;

/// <summary>A cluster without processes.</summary>
public sealed class SimulatedCluster(TimeProvider time) : IClusterProvider, IFaultInjector, IClusterAdmin
{
    private DateTimeOffset? firstAsked;

    public List<string> Topics { get; } = [];

    public List<string> TopicsMade { get; } = [];

    public int InSyncReplicas { get; set; } = 3;

    public bool Provisioned { get; private set; }

    public int Provisions { get; private set; }

    public int Releases { get; private set; }

    public string? DeathNote { get; set; }

    public Exception? ProvisionError { get; set; }

    /// <summary>How often it is asked for before it serves.</summary>
    public int ServesAfter { get; set; }

    public long StableOffset { get; set; } = 1_000_000;

    public IReadOnlyList<AnomalyExample> TimeIndexFaults { get; set; } = [];

    /// <summary>Who leads partition 0, by the time since that was first asked; below 0 nobody does, null where nobody can tell.</summary>
    public Func<TimeSpan, int?>? Leader { get; set; }

    /// <summary>How long it takes to say where its partitions end.</summary>
    public TimeSpan AnswersAfter { get; set; }

    public List<string> BrokenBrokers { get; } = [];

    /// <summary>How often the fault of a machine is polled before it is done.</summary>
    public int PollsOfMachines { get; set; } = 2;

    public bool Serves(string cluster) => cluster == "testbed";

    public bool Serves(FaultRole role, string clusterKind) => true;

    public Task CheckAsync(ClusterRequest request, CancellationToken cancellationToken) =>
        request.KafkaHome is { } home
            ? throw new SpecException("kafkaHome", $"'{home}' is no Kafka", "give a folder with libs/*.jar")
            : Task.CompletedTask;

    public Task<ClusterDescription?> ProvisionAsync(ClusterRequest request, CancellationToken cancellationToken)
    {
        if (ProvisionError is { } error)
        {
            throw error;
        }

        Provisions += Provisioned ? 0 : 1;
        Provisioned = true;
        return Task.FromResult(ServesAfter-- > 0 ? null : new ClusterDescription("testbed", "1", 3, "127.0.0.1:9092"));
    }

    public Task<ClusterHealth> RenewAsync(string runId, CancellationToken cancellationToken) =>
        Task.FromResult(DeathNote is null ? new ClusterHealth(true) : new ClusterHealth(false, DeathNote));

    public Task ReleaseAsync(string runId, CancellationToken cancellationToken)
    {
        Releases += Provisioned ? 1 : 0;
        Provisioned = false;
        return Task.CompletedTask;
    }

    public Task<FaultRecord> InjectAsync(string runId, string faultId, FaultSpec fault, string bootstrapServers, CancellationToken cancellationToken)
    {
        BrokenBrokers.Add(faultId);
        return Task.FromResult(fault.Role == FaultRole.Worker
            ? new FaultRecord(faultId, fault, -1, time.GetUtcNow(), Target: "worker w0 on machine-0", Handle: $"{PollsOfMachines}", PollAfter: TimeSpan.FromSeconds(10))
            : new FaultRecord(faultId, fault, 1, time.GetUtcNow(), null, 1, 2));
    }

    public Task<FaultRecord> HealAsync(string runId, FaultRecord fault, CancellationToken cancellationToken)
    {
        BrokenBrokers.Remove(fault.Id);
        if (fault.PollAfter is not null)
        {
            return PollAsync(runId, fault, cancellationToken);
        }

        return Task.FromResult(fault.Spec.Role == FaultRole.Worker
            ? fault with { Handle = $"-{PollsOfMachines}", PollAfter = TimeSpan.FromSeconds(10) }
            : fault with { HealedAt = time.GetUtcNow() });
    }

    /// <summary>Counts down while a machine is being broken, and up while it is being healed.</summary>
    public Task<FaultRecord> PollAsync(string runId, FaultRecord fault, CancellationToken cancellationToken)
    {
        int left = int.Parse(fault.Handle!, System.Globalization.CultureInfo.InvariantCulture);
        fault = fault with { Handle = $"{left - Math.Sign(left)}" };
        if (fault.Handle != "0")
        {
            return Task.FromResult(fault);
        }

        fault = fault with { PollAfter = null, HealedAt = left < 0 ? time.GetUtcNow() : null };
        return Task.FromResult(fault);
    }

    public Task<bool> ExistsAsync(ClusterAddress cluster, string topic, CancellationToken cancellationToken) => Task.FromResult(Topics.Contains(topic));

    public Task CreateAsync(ClusterAddress cluster, NewTopic topic, CancellationToken cancellationToken)
    {
        if (!Topics.Contains(topic.Name))
        {
            Topics.Add(topic.Name);
            TopicsMade.Add(topic.Name);
        }

        return Task.CompletedTask;
    }

    public Task DeleteAsync(ClusterAddress cluster, string topic, CancellationToken cancellationToken)
    {
        Topics.Remove(topic);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<long>> StartOffsetsAsync(ClusterAddress cluster, string topic, int partitions, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<long>>(new long[partitions]);

    public async Task<IReadOnlyList<long>> EndOffsetsAsync(ClusterAddress cluster, string topic, int partitions, CancellationToken cancellationToken)
    {
        await time.PassAsync(AnswersAfter);
        return [.. Enumerable.Repeat(1_000_000L, partitions)];
    }

    public Task<IReadOnlyList<long>> StableOffsetsAsync(ClusterAddress cluster, string topic, int partitions, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<long>>([.. Enumerable.Repeat(StableOffset, partitions)]);

    public Task<IReadOnlyList<AnomalyExample>> CheckTimeIndexAsync(ClusterAddress cluster, string topic, int partitions, CancellationToken cancellationToken) =>
        Task.FromResult(TimeIndexFaults);

    public Task<int> InSyncReplicasAsync(ClusterAddress cluster, string topic, int partition, CancellationToken cancellationToken) => Task.FromResult(InSyncReplicas);

    public Task<IReadOnlyList<PartitionLeader>> LeadersAsync(ClusterAddress cluster, string topic, CancellationToken cancellationToken)
    {
        firstAsked ??= time.GetUtcNow();
        return Task.FromResult<IReadOnlyList<PartitionLeader>>(
            Leader?.Invoke(time.GetUtcNow() - firstAsked.Value) is { } leader ? [new PartitionLeader(0, leader < 0 ? null : leader, [3])] : []);
    }

    public Task<int> UnderReplicatedPartitionsAsync(ClusterAddress cluster, string topic, CancellationToken cancellationToken) => Task.FromResult(0);

    public Task<ProtocolReport> ProtocolAsync(ClusterAddress cluster, CancellationToken cancellationToken) => Task.FromResult(new ProtocolReport("1", 9, 15));
}
