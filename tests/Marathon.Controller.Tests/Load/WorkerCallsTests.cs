using System.Text.Json;
using Marathon.Controller.Bus;
using Marathon.Controller.Clusters;
using Marathon.Controller.Evidence;
using Marathon.Controller.Load;
using Marathon.Controller.Runs;
using Marathon.Controller.Storage;
using Marathon.Controller.Tests.World;
using Marathon.Scenarios;
using Marathon.Workers;
using Marathon.Workers.Commands;
using Marathon.Workers.Load;

namespace Marathon.Controller.Tests.Load;

public sealed class WorkerCallsTests : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly string folder = Directory.CreateTempSubdirectory("marathon-calls-").FullName;

    [Fact]
    public async Task A_replacement_makes_up_for_the_time_since_the_last_life_that_sent()
    {
        // Its predecessor's predecessor sent until second 10; the one between never got that far.
        LifeRecord[] lives =
        [
            Life(1) with { Joined = true, EndedAt = s_start + TimeSpan.FromSeconds(10) },
            Life(2) with { Replaces = 1, EndedAt = s_start + TimeSpan.FromSeconds(20) },
            Life(3) with { Replaces = 2 },
        ];

        Assert.Equal(s_start + TimeSpan.FromSeconds(10), (await SpecAsync(LoadPhase.Running, lives)).VacantSince);
        Assert.Null((await SpecAsync(LoadPhase.Initialised, lives)).VacantSince);
        Assert.Null((await SpecAsync(LoadPhase.Running, lives[0] with { EndedAt = null })).VacantSince);
    }

    [Fact]
    public async Task A_worker_that_joins_after_the_load_has_stopped_sends_nothing()
    {
        Assert.True((await SpecAsync(LoadPhase.Running, Life(1))).RatePerSecond > 0);
        Assert.Equal(0, (await SpecAsync(LoadPhase.Stopped, Life(1))).RatePerSecond);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static LifeRecord Life(int epoch) => new() { Worker = "w0", Index = 0, Epoch = epoch, Attempt = 1, StartedAt = s_start };

    // What the newest of the lives is to hold.
    private async Task<LoadSpec> SpecAsync(LoadPhase phase, params LifeRecord[] lives)
    {
        RunRecord run = new()
        {
            RunId = "run-1",
            Spec = ControllerWorld.Spec(),
            CreatedAt = s_start,
            Attempts = [new(1, s_start, null, "running", null)],
            Cluster = new ClusterDescription("testbed", "4.0", 3, "127.0.0.1:9092"),
            Topics = [new TopicRecord(1, "t", 1, 4, [0, 0, 0, 0])],
            Load = new LoadState(phase),
            Workers = lives,
        };
        WorkerCalls calls = new(ScenarioCatalog.BuiltIn, new FileEvidenceStore(new DataFolder(folder)));
        WorkerMessage message = await calls.MessageAsync(run, lives[^1], "id", WorkerCommand.Initialise, TimeSpan.Zero, default);
        return message.Body!.Value.Deserialize(WorkerJson.Default.LoadSpec)!;
    }
}
