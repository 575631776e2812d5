using Marathon.Configuration;
using Marathon.Controller.Clusters;
using Marathon.Controller.Runs;
using Marathon.Controller.Storage;
using Marathon.Controller.Tests.World;
using Marathon.Faults;
using Marathon.Scenarios.Toolkit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Controller.Tests.Runs;

public sealed class FileRunStoreTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("marathon-runs-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Everything_of_a_record_survives_the_controller()
    {
        DateTimeOffset at = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        RunRecord record = Run("a") with
        {
            Cluster = new ClusterDescription("testbed", "1", 3, "127.0.0.1:1"),
            ClusterHeld = true,
            Load = new LoadState(LoadPhase.Running, new Rate(5), Paused: true),
            Attempts = [new(1, at, null, "running", null)],
            Stages = [new(1, "prepare", at, at, "finished")],
            Topics = [new TopicRecord(1, "t", 1, 2, [0, 5]) { EndOffsets = [7, 8] }],
            Workers = [new LifeRecord { Worker = "w0", Index = 0, Epoch = 1, Attempt = 1, StartedAt = at, End = WorkerEnd.Lost, EndedAt = at }],
            Faults = [new FaultRecord("f", new FaultSpec(FaultAction.Kill, FaultRole.Leader), 1, at)],
            Assertions = [new AssertionResult(Objective.MinRate(5), 4)],
            Window = new MeasuredWindow(at, []),
        };
        await Store().CreateAsync(record, "secret", default);

        RunRecord read = (await Store().FindAsync("a", default))!;

        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(record), System.Text.Json.JsonSerializer.Serialize(read));
        Assert.Equal("secret", await Store().TokenAsync("a", default));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "runs", "a", "token")));
        }
    }

    [Fact]
    public async Task Changes_that_race_are_all_applied()
    {
        FileRunStore store = Store();
        await store.CreateAsync(Run("a"), "t", default);

        await Parallel.ForAsync(0, 50, async (i, cancel) => await store.UpdateAsync(
            "a", r => r.With(new LifeRecord { Worker = $"w{i}", Index = i, Epoch = 1, Attempt = 1, StartedAt = default }), cancel));

        Assert.Equal(50, (await Store().FindAsync("a", default))!.Workers.Count);
    }

    [Fact]
    public async Task A_damaged_record_is_left_out_of_the_list_and_named_when_asked_for()
    {
        await Store().CreateAsync(Run("a"), "t", default);
        await Store().CreateAsync(Run("b"), "t", default);
        await File.WriteAllTextAsync(Path.Combine(folder, "runs", "a", "run.json"), "{");

        Assert.Equal("b", Assert.Single(await Store().ListAsync(default)).RunId);
        StorageException error = await Assert.ThrowsAsync<StorageException>(() => Store().FindAsync("a", default));
        Assert.Contains("run.json is damaged", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../a")]
    [InlineData("A")]
    [InlineData("")]
    [InlineData("a\n")]
    public async Task What_cannot_be_a_run_id_names_no_run(string id)
    {
        await Store().CreateAsync(Run("a"), "t", default);

        Assert.Null(await Store().FindAsync(id, default));
        Assert.Null(await Store().TokenAsync(id, default));
        await Assert.ThrowsAsync<RunNotFoundException>(() => Store().UpdateAsync(id, r => r, default));
    }

    private static RunRecord Run(string id) => new() { RunId = id, Spec = ControllerWorld.Spec(), CreatedAt = DateTimeOffset.UnixEpoch };

    private FileRunStore Store() => new(new DataFolder(folder), NullLogger<FileRunStore>.Instance);
}
