using Marathon.Cli.Clusters;
using Marathon.Cli.Faults;
using Marathon.Cli.Processes;
using Marathon.Cli.Storage;
using Marathon.Configuration;
using Marathon.Controller.Clusters;
using Marathon.Faults;
using Marathon.Kafka.Admin;

namespace Marathon.Cli.Tests.Clusters;

public sealed class LocalKafkaClusterProviderTests : IAsyncLifetime, IDisposable
{
    private const string RunId = "r1";
    private const string Topic = "t";
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(20);
    private readonly TestFolder folder = new();
    private readonly LocalKafkaClusterProvider provider;
    private readonly RunFolder run;

    public LocalKafkaClusterProviderTests()
    {
        provider = new LocalKafkaClusterProvider(folder.Path, s_lease);
        run = new RunFolder(folder.Path, RunId);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => provider.ReleaseAsync(RunId, default);

    public void Dispose() => folder.Dispose();

    [KafkaTheory]
    [MemberData(nameof(KafkaHomes.Rows), MemberType = typeof(KafkaHomes))]
    public async Task Provision_BreakAndHealTheLeader_Release(string home)
    {
        ClusterDescription cluster = await ProvisionAsync(Request(home));
        Assert.Equal(("kafka", 3), (cluster.Kind, cluster.Brokers));
        Assert.Contains(cluster.Version, Directory.EnumerateFiles(Path.Combine(home, "libs")).Single(f => f.Contains("kafka-clients", StringComparison.Ordinal)), StringComparison.Ordinal);

        // Called again, as after a crash of the controller, it adopts.
        ProcessIdentity keeper = PidFile.TryRead(run.ClusterPid)!;
        Assert.Equal(cluster, await new LocalKafkaClusterProvider(folder.Path, s_lease).ProvisionAsync(Request(home), default));
        Assert.Equal(keeper, PidFile.TryRead(run.ClusterPid));

        await BreakAndHealTheLeaderAsync(cluster);

        ProcessIdentity[] brokers = Brokers();
        Assert.Equal(3, brokers.Length);
        await provider.ReleaseAsync(RunId, default);
        Assert.All(brokers.Append(keeper), p => Assert.False(p.IsAlive));
        Assert.False(Directory.Exists(run.Cluster));
        Assert.False((await provider.RenewAsync(RunId, default)).Alive);
    }

    [KafkaTheory]
    [MemberData(nameof(KafkaHomes.Newest), MemberType = typeof(KafkaHomes))]
    public async Task KeeperIsKilled_BrokersEndWithIt_AndTheNextProvisionStartsAnew(string home)
    {
        await ProvisionAsync(Request(home) with { Brokers = 1 });
        ProcessIdentity broker = Assert.Single(Brokers());
        ProcessIdentity keeper = PidFile.TryRead(run.ClusterPid)!;

        await keeper.KillAsync(default);

        Assert.True(await broker.WaitForEndAsync(TimeSpan.FromSeconds(60), default), "the broker outlives its keeper");
        ClusterHealth health = await provider.RenewAsync(RunId, default);
        Assert.False(health.Alive);
        Assert.Contains("gone", health.Detail, StringComparison.Ordinal);

        await ProvisionAsync(Request(home) with { Brokers = 1 });
        Assert.NotEqual(broker, Assert.Single(Brokers()));

        // A broker that nobody took away on purpose is no good health.
        await Assert.Single(Brokers()).KillAsync(default);
        ClusterHealth broken = await provider.RenewAsync(RunId, default);
        Assert.False(broken.Alive);
        Assert.Contains("broker 1 is gone", broken.Detail, StringComparison.Ordinal);
    }

    // Since 4.1 nobody is in sync then; before, the last one still is.
    [KafkaTheory]
    [MemberData(nameof(KafkaHomes.Rows), MemberType = typeof(KafkaHomes))]
    public async Task PartitionLosesItsOnlyReplica_ItsTopicIsStillDescribed(string home)
    {
        ClusterDescription cluster = await ProvisionAsync(Request(home));
        using KafkaAdmin admin = new(cluster.BootstrapServers);
        await admin.CreateTopicAsync(new TopicRequest(Topic, 3, 1, new Dictionary<string, string>()), default);
        await admin.WaitForLeadersAsync(Topic, 3, TimeSpan.FromSeconds(60), default);
        int only = (await admin.DescribeTopicAsync(Topic, default))[0].Leader!.Value;

        await Brokers()[only - 1].KillAsync(default);

        IReadOnlyList<PartitionInfo> partitions = [];
        await Eventually.HoldsAsync(async () => (partitions = await admin.DescribeTopicAsync(Topic, default))[0].Leader is null, "the partition has no leader");
        Assert.Equal([only], partitions[0].Replicas);
        Assert.Equal(home.EndsWith("/3.9.2", StringComparison.Ordinal) ? [only] : [], partitions[0].InSync);
        Assert.All(partitions.Skip(1), p => Assert.NotNull(p.Leader));
    }

    [Fact]
    public async Task CheckAsync_NoKafkaThere_NamesTheFolder()
    {
        SpecException e = await Assert.ThrowsAsync<SpecException>(() => provider.CheckAsync(Request(folder.Path), default));

        Assert.Equal("kafkaHome", e.Errors[0].Field);
        Assert.Contains(folder.Path, e.Message, StringComparison.Ordinal);
    }

    private async Task<ClusterDescription> ProvisionAsync(ClusterRequest request)
    {
        ClusterDescription? cluster = null;
        await Eventually.HoldsAsync(async () => (cluster = await provider.ProvisionAsync(request, default)) is not null, "the cluster serves");
        return cluster!;
    }

    private async Task BreakAndHealTheLeaderAsync(ClusterDescription cluster)
    {
        using KafkaAdmin admin = new(cluster.BootstrapServers);
        await admin.CreateTopicAsync(new TopicRequest(Topic, 3, 3, new Dictionary<string, string>()), default);
        await admin.WaitForLeadersAsync(Topic, 3, TimeSpan.FromSeconds(60), default);
        LocalFaultInjector injector = new(folder.Path, [provider], TimeProvider.System);

        FaultRecord killed = await injector.InjectAsync(RunId, "f1", new FaultSpec(FaultAction.Kill, FaultRole.Leader, Topic), cluster.BootstrapServers, default);

        Assert.False(Brokers()[killed.BrokerId - 1].IsAlive);
        Assert.True((await provider.RenewAsync(RunId, default)).Alive, "a broker that a fault took away is no bad health");
        Assert.Equal(killed, await injector.InjectAsync(RunId, "f1", killed.Spec, cluster.BootstrapServers, default));
        FaultRecord paused = await injector.InjectAsync(RunId, "f2", new FaultSpec(FaultAction.Pause, FaultRole.Any), cluster.BootstrapServers, default);
        Assert.NotEqual(killed.BrokerId, paused.BrokerId);
        await Eventually.HoldsAsync(() => ProcStat.TryRead(Brokers()[paused.BrokerId - 1].Pid) is { IsStopped: true }, "the paused broker is stopped");
        await injector.HealAsync(RunId, paused, default);

        FaultRecord healed = await injector.HealAsync(RunId, killed, default);

        Assert.True(Brokers()[killed.BrokerId - 1].IsAlive);
        Assert.True(healed.HealedAt > killed.StartedAt);
        Assert.True(healed.UnavailableForSeconds > 0);
        Assert.Equal(healed, await injector.HealAsync(RunId, killed, default));
    }

    private ProcessIdentity[] Brokers() =>
        [.. Directory.EnumerateFiles(run.Cluster, "?.pid").Order(StringComparer.Ordinal).Select(f => PidFile.TryRead(f)!)];

    private static ClusterRequest Request(string home) => new(RunId, "kafka", 3, home, 1, []);
}
