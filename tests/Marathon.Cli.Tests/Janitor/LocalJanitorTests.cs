using Marathon.Cli.Owner;
using Marathon.Cli.Processes;
using Marathon.Controller.Clusters;
using Marathon.Kafka.Admin;
using Marathon.Testbed.Cluster;

namespace Marathon.Cli.Tests.Janitor;

/// <summary>What nobody needs any more goes; what anybody may need stays. With real processes and a cluster.</summary>
public sealed class LocalJanitorTests : IAsyncLifetime
{
    private const string Live = "tail-read-20260102-030405-aaaa";
    private const string Ended = "tail-read-20260102-030405-bbbb";
    private const string Ghost = "tail-read-20260102-030405-cccc";
    private readonly JanitorWorld world = new();

    public Task InitializeAsync() => world.StartAsync();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task Processes_OfNoLivingRun_Go_AndTheRestStays()
    {
        await world.AddAsync(Live, ended: false);
        await world.AddAsync(Ended, ended: true);
        ProcessIdentity[] stay = await Task.WhenAll(
            world.StartWorkerAsync(Live), world.StartWorkerAsync("elsewhere", data: world.Data.Root + "-of-another"), world.StartTestbedAsync(Live));
        ProcessIdentity[] go = await Task.WhenAll(world.StartWorkerAsync(Ended), world.StartWorkerAsync(Ghost), world.StartTestbedAsync(Ghost));

        await world.TurnAsync();

        Assert.All(go, process => Assert.False(process.IsAlive));
        Assert.All(stay, process => Assert.True(process.IsAlive));
        Assert.True(Directory.Exists(world.Folder(Live).Cluster));
        Assert.Equal(0, await world.TurnAsync());
    }

    [Fact]
    public async Task Folders_OfNoLivingRun_Go_ButNotWhatIsForPeople()
    {
        await world.AddAsync(Live, ended: false);
        await world.AddAsync(Ended, ended: true);
        const string Fresh = "tail-read-20260102-030405-dddd", Kept = "tail-read-20260102-030405-eeee", Damaged = "tail-read-20260102-030405-ffff";
        foreach (string run in (string[])[Live, Ended, Ghost, Fresh, Kept, Damaged])
        {
            Directory.CreateDirectory(Path.Combine(world.Folder(run).Cluster, "1"));
            Directory.CreateDirectory(world.Folder(run).Logs);
        }

        Directory.CreateDirectory(Path.Combine(world.Folder(Kept).Path, "report"));
        await File.WriteAllTextAsync(world.Data.Record(Damaged), "{");
        JanitorWorld.Age(world.Folder(Ghost).Path);
        JanitorWorld.Age(world.Folder(Kept).Path);

        await world.TurnAsync();

        Assert.False(Directory.Exists(world.Folder(Ghost).Path));
        Assert.False(Directory.Exists(world.Folder(Ended).Cluster));
        Assert.True(File.Exists(world.Data.Record(Ended)));
        Assert.True(Directory.Exists(world.Folder(Ended).Logs));
        Assert.True(Directory.Exists(Path.Combine(world.Folder(Kept).Path, "report")));
        Assert.All((string[])[Live, Damaged], run => Assert.True(Directory.Exists(world.Folder(run).Cluster)));
        Assert.True(Directory.Exists(world.Folder(Fresh).Path));
    }

    [Fact]
    public async Task Topics_OfEndedRunsOfThisFolder_Go_AndTheRestStays()
    {
        await using TestbedCluster cluster = await TestbedCluster.StartAsync(new TestbedOptions());
        ClusterDescription existing = new("existing", "unknown", 3, cluster.BootstrapServers);
        await world.AddAsync(Live, ended: false, existing);
        await world.AddAsync(Ended, ended: true, existing);
        string[] go = [$"marathon-{Ended}", $"marathon-{Ended}-2", $"marathon-{Ended}-transformed"];
        string[] stay = [$"marathon-{Live}", $"marathon-{Live}-transformed", $"marathon-{Ghost}", $"marathon-{Ended}-mine", "orders"];
        using KafkaAdmin admin = new(cluster.BootstrapServers);
        foreach (string topic in go.Concat(stay))
        {
            await admin.CreateTopicAsync(new TopicRequest(topic, 1, 1, new Dictionary<string, string>()), default);
        }

        Assert.Equal(go.Length, await world.TurnAsync());

        Assert.Equal(stay.Order(StringComparer.Ordinal), (await admin.ListTopicsAsync(default)).Intersect(go.Concat(stay)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AController_TidiesUpAtItsStart_AndAgain_AndSaysSo()
    {
        ProcessIdentity before = await world.StartWorkerAsync(Ghost);
        Directory.CreateDirectory(world.Data.Root);
        OwnerOptions options = new(world.Data.Root, Port: null, TimeSpan.FromSeconds(2));
        await using (OwnerHost first = await OwnerHost.StartAsync(options, default))
        {
            await Eventually.HoldsAsync(() => !before.IsAlive, "the orphan that was there before the controller has gone");
            ProcessIdentity meanwhile = await world.StartWorkerAsync(Ended);
            await Eventually.HoldsAsync(() => !meanwhile.IsAlive, "the orphan that came later has gone");
        }

        // A later owner's interval is never to come: what it finds it has found at its start.
        ProcessIdentity between = await world.StartWorkerAsync("tail-read-20260102-030405-dddd");
        await using OwnerHost second = await OwnerHost.StartAsync(options with { Lease = TimeSpan.FromDays(1) }, default);
        await Eventually.HoldsAsync(() => !between.IsAlive, "the orphan that came between two controllers has gone");
        string log = await File.ReadAllTextAsync(Path.Combine(world.Data.Root, "controller.log"));
        Assert.Contains($"Removed worker w0 (pid {before.Pid}) of run {Ghost}: the data folder knows no such run", log, StringComparison.Ordinal);
    }
}
