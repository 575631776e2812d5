using Marathon.Azure.Storage;
using Marathon.Azure.Stores;
using Marathon.Azure.Tests.Fakes;
using Marathon.Azure.Tests.Storage;
using Marathon.Controller.Evidence;
using Marathon.Controller.Reports;
using Marathon.Controller.Runs;
using Marathon.Controller.Workers;
using Marathon.Reports;
using Marathon.Runs;
using Marathon.Workers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Azure.Tests.Stores;

/// <summary>Stores of the cloud, on Azurite: two instances of the controller share them.</summary>
public sealed class StoreTests(Azurite azurite) : IClassFixture<Azurite>
{
    private readonly VirtualClock clock = new();
    private readonly MemorySecrets secrets = new(TimeProvider.System);
    private readonly string name = $"t{Guid.NewGuid():N}";

    [AzuriteFact]
    public async Task Run_OfOneInstance_IsReadListedAndChangedByAnother()
    {
        BlobRunStore one = Runs(), other = Runs();
        await one.CreateAsync(Run("a"), "token-a", default);
        await one.CreateAsync(Run("a") with { CreatedAt = DateTimeOffset.MaxValue }, "token-of-a-second-request", default);
        await other.CreateAsync(Run("b") with { CreatedAt = clock.GetUtcNow().AddDays(-1) }, "token-b", default);

        Assert.Equal(clock.GetUtcNow(), (await other.FindAsync("a", default))!.CreatedAt);
        Assert.Equal("token-a", await other.TokenAsync("a", default));
        Assert.Equal(["b", "a"], (await one.ListAsync(default)).Select(r => r.RunId));
        await other.UpdateAsync("a", r => r with { VerificationTrouble = "seen" }, default);
        clock.Advance(BlobRunStore.Staleness);
        Assert.Equal("seen", (await one.FindAsync("a", default))!.VerificationTrouble);
        Assert.Equal("seen", (await one.ListAsync(default)).Single(r => r.RunId == "a").VerificationTrouble);
    }

    [AzuriteFact]
    public async Task Run_ThatIsNotThere_IsNull_AndCannotBeChanged()
    {
        BlobRunStore store = Runs();
        Assert.Null(await store.FindAsync("a", default));
        Assert.Null(await store.FindAsync("../a", default));
        Assert.Null(await store.TokenAsync("a", default));
        Assert.Empty(await store.ListAsync(default));
        await Assert.ThrowsAsync<RunNotFoundException>(() => store.UpdateAsync("a", r => r, default));
    }

    [AzuriteFact]
    public async Task Changes_OfSeveralInstancesAtOnce_AreAllApplied()
    {
        BlobRunStore[] instances = [Runs(), Runs(), Runs()];
        await instances[0].CreateAsync(Run("a"), "t", default);
        await Parallel.ForAsync(0, 24, async (i, cancel) => await instances[i % 3].UpdateAsync(
            "a", r => r with { Workers = [.. r.Workers, new LifeRecord { Worker = $"w{i}", Index = i, Epoch = 1, Attempt = 1, StartedAt = default }] }, cancel));
        Assert.Equal(24, (await Runs().FindAsync("a", default))!.Workers.Select(w => w.Worker).Distinct().Count());
    }

    [AzuriteFact]
    public async Task Record_ThatIsDamaged_IsLeftOutOfTheListAndNamedWhenAskedFor()
    {
        BlobRunStore store = Runs();
        await store.CreateAsync(Run("a"), "t", default);
        await Container().WriteAsync("records/b.json", "{\"runId\":"u8.ToArray(), default);
        Assert.Equal(["a"], (await store.ListAsync(default)).Select(r => r.RunId));
        Exception damaged = await Assert.ThrowsAsync<Controller.Storage.StorageException>(() => store.FindAsync("b", default));
        Assert.Contains("records/b.json", damaged.Message, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task Loop_ChangesAtOnce_AreAllApplied()
    {
        BlobLoopStore[] instances = [new(Container()), new(Container())];
        Assert.Empty((await instances[0].GetAsync(default)).History);
        await Parallel.ForAsync(0, 12, async (i, cancel) => await instances[i % 2].UpdateAsync(
            l => l with { Plan = l.Plan with { Revision = l.Plan.Revision + 1 } }, cancel));
        Assert.Equal(12, (await instances[0].GetAsync(default)).Plan.Revision);
    }

    [AzuriteFact]
    public async Task Evidence_NewestCheckpointOfALife_IsKept()
    {
        BlobEvidenceStore one = new(Container()), other = new(Container());
        Assert.Empty(await one.ListAsync("a", default));
        Assert.Equal(2, await one.PutAsync("a", Checkpoint("w0", 1, 2, "second"), default));
        Assert.Equal(2, await other.PutAsync("a", Checkpoint("w0", 1, 1, "first"), default));
        Assert.Equal(3, await other.PutAsync("a", Checkpoint("w0", 1, 3, "third"), default));
        Assert.Equal(1, await other.PutAsync("a", Checkpoint("w0", 2, 1, "next life"), default));
        await other.PutAsync("ab", Checkpoint("w0", 1, 9, "another run"), default);

        Assert.Equal("third", Text((await one.FindAsync("a", "w0", 1, default))!));
        Assert.Null(await one.FindAsync("a", "w1", 1, default));
        Assert.Equal(
            [("w0", 1, 3L, "third"), ("w0", 2, 1L, "next life")],
            (await one.ListAsync("a", default)).Select(e => (e.Worker, e.Epoch, e.Number, Text(e))).Order());
    }

    [AzuriteFact]
    public async Task Evidence_CheckpointsThatRace_LeaveTheNewest()
    {
        BlobEvidenceStore[] instances = [new(Container()), new(Container())];
        await Parallel.ForAsync(1, 21, async (i, cancel) => await instances[i % 2].PutAsync("a", Checkpoint("w0", 1, i, $"{i}"), cancel));
        Assert.Equal((20L, "20"), ((await instances[0].FindAsync("a", "w0", 1, default))!.Number, Text((await instances[0].FindAsync("a", "w0", 1, default))!)));
    }

    [AzuriteFact]
    public async Task Report_IsThereInEveryFormat()
    {
        BlobReportStore store = new(Container());
        Assert.Null(await store.FindAsync("a", ReportFormat.Json, default));
        await store.PutAsync(
            new Report
            {
                RunId = "a", Scenario = "tail-read", Verdict = "pass", Outcome = "finished", Reason = "all is well", Seed = 7,
                StartedAt = clock.GetUtcNow(), EndedAt = clock.GetUtcNow().AddMinutes(1),
            },
            default);
        foreach (ReportFormat format in Enum.GetValues<ReportFormat>())
            Assert.NotEmpty((await store.FindAsync("a", format, default))!);
    }

    [AzuriteFact]
    public async Task Registration_OfAnOlderEpoch_IsRefusedByEveryInstance()
    {
        TableWorkerRegistry one = new(Table(), clock), other = new(Table(), clock);
        Assert.True(await one.PutAsync("a", "w0", Registration(1), default));
        Assert.True(await other.PutAsync("a", "w0", Registration(2), default));
        Assert.False(await one.PutAsync("a", "w0", Registration(1), default));
        Assert.True(await one.PutAsync("a", "w1", Registration(1), default));
        Assert.Equal([("w0", 2), ("w1", 1)], (await other.ListAsync("a", default)).Select(w => (w.Worker, w.Registration.Epoch)).Order());
        Assert.Equal(clock.GetUtcNow(), (await other.ListAsync("a", default))[0].At);
    }

    [AzuriteFact]
    public async Task Heartbeat_OlderThanWhatAnyInstanceTook_IsIgnored()
    {
        using TableHeartbeats one = Heartbeats(), other = Heartbeats();
        Assert.True(await one.PutAsync("a", "w0", Beat(1, 10), default));
        Assert.True(await other.PutAsync("a", "w0", Beat(2, 20), default));
        Assert.True(await one.PutAsync("a", "w0", Beat(3, 30), default));
        Assert.False(await other.PutAsync("a", "w0", Beat(3, 31), default));
        HeartbeatRow row = Assert.Single(await other.ListAsync("a", default));
        Assert.Equal(("w0", 3L, 30L), (row.Worker, row.Heartbeat.Number, row.Heartbeat.Counters.Acked));
    }

    [AzuriteFact]
    public async Task Heartbeat_OfManyPartitions_IsKeptWhole()
    {
        using TableHeartbeats store = Heartbeats();
        PartitionPosition[] positions = [.. Enumerable.Range(0, 2_000).Select(p => new PartitionPosition("topic-of-a-run-with-a-long-name", p, p * 1_000L, p * 1_001L))];
        await store.PutAsync("a", "w0", Beat(1, 10) with { Positions = positions }, default);
        Assert.Equal(positions, (await store.ListAsync("a", default)).Single().Heartbeat.Positions);
    }

    [AzuriteFact]
    public async Task Series_GoOnWhicheverInstanceTakesTheNextPoint()
    {
        TableHeartbeats[] instances = [Heartbeats(), Heartbeats()];
        for (int second = 1; second <= 6; second++)
        {
            await instances[second % 2].PutAsync("a", "w0", Beat(second, second * 100), default);
            await instances[second % 2].SampleAsync("a", TimeSpan.FromSeconds(second), default);
        }

        SeriesReport rate = (await instances[0].SeriesAsync("a", default)).Single(s => s.Name == "produce-rate");
        Assert.Equal([2, 3, 4, 5, 6], rate.Points.Select(p => p[0]));
        Assert.All(rate.Points, p => Assert.Equal(100, p[1], 3));
        foreach (TableHeartbeats instance in instances) instance.Dispose();
    }

    private BlobContainer Container() => azurite.Container(name, TimeProvider.System);

    private StorageTable Table() => azurite.Table(name, TimeProvider.System);

    private BlobRunStore Runs() => new(Container(), secrets, clock, NullLogger<BlobRunStore>.Instance);

    private TableHeartbeats Heartbeats() => new(Table(), Container(), clock);

    private RunRecord Run(string id) => new() { RunId = id, Spec = new RunSpec { Scenario = "tail-read", Workers = 2 }, CreatedAt = clock.GetUtcNow() };

    private Heartbeat Beat(long number, long acked) => new()
    {
        Epoch = 1,
        Number = number,
        At = clock.GetUtcNow(),
        Phase = WorkerPhase.Running,
        Counters = new LoadCounters { Acked = acked },
    };

    private static StoredEvidence Checkpoint(string worker, int epoch, long number, string text) =>
        new(worker, epoch, number, System.Text.Encoding.UTF8.GetBytes(text));

    private static string Text(StoredEvidence evidence) => System.Text.Encoding.UTF8.GetString(evidence.Content.Span);

    private Registration Registration(int epoch) => new(new Node("127.0.0.1", 4000), ["throughput"], epoch, 17, clock.GetUtcNow());
}
