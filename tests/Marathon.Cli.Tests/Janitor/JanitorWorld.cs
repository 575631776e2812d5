using Marathon.Cli.Janitor;
using Marathon.Cli.Processes;
using Marathon.Cli.Storage;
using Marathon.Controller.Clusters;
using Marathon.Controller.Runs;
using Marathon.Controller.Storage;
using Marathon.Durable;
using Marathon.Durable.Embedded;
using Marathon.Runs;
using Marathon.Scenarios;
using Marathon.Workers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Cli.Tests.Janitor;

/// <summary>A data folder with runs that live and runs that do not, their processes, and a janitor.</summary>
internal sealed class JanitorWorld : IAsyncDisposable
{
    private readonly TestFolder folder = new();
    private readonly EmbeddedDurableHost engine = new(new EmbeddedDurableOptions { Registry = new DurableTaskRegistry() });
    private readonly List<ProcessIdentity> started = [];

    public DataFolder Data => new(folder["data"]);

    public RunFolder Folder(string run) => new(Data.Root, run);

    /// <summary>One turn; answers how much was removed.</summary>
    public async Task<int> TurnAsync()
    {
        FileRunStore runs = new(Data, NullLogger<FileRunStore>.Instance);
        using LocalJanitor janitor = new(
            [
                new ProcessLeftovers(Data),
                new FolderLeftovers(Data, TimeProvider.System, TimeSpan.FromMinutes(1)),
                new TopicLeftovers(ScenarioCatalog.BuiltIn, TimeProvider.System, NullLogger<TopicLeftovers>.Instance),
            ],
            new RunCensus(Data, runs, engine.Client),
            engine.Client,
            NullLogger<LocalJanitor>.Instance);
        return await janitor.TurnAsync();
    }

    public Task StartAsync() => engine.StartAsync();

    /// <summary>Writes a run down.</summary>
    public async Task AddAsync(string run, bool ended, ClusterDescription? cluster = null) => await new FileRunStore(Data, NullLogger<FileRunStore>.Instance).CreateAsync(
        new RunRecord
        {
            RunId = run,
            Spec = new RunSpec { Scenario = "tail-read" },
            CreatedAt = TimeProvider.System.GetUtcNow(),
            Cluster = cluster,
            ClusterHeld = cluster is not null && !ended,
            End = ended ? new RunEnd(TimeProvider.System.GetUtcNow(), "pass", "finished", "") : null,
        },
        "token",
        default);

    /// <summary>A worker as a controller starts it; nobody answers it.</summary>
    public Task<ProcessIdentity> StartWorkerAsync(string run, string? data = null) => LaunchAsync(
        folder[$"{run}.pid"], "Marathon.Worker",
        "--run", run, "--data", data ?? Data.Root, "--worker", "w0", "--epoch", "1", "--controller", "http://127.0.0.1:1", "--lease-timeout", "10m");

    /// <summary>A testbed as a controller starts it; its lease is long.</summary>
    public Task<ProcessIdentity> StartTestbedAsync(string run)
    {
        Directory.CreateDirectory(Folder(run).Cluster);
        File.WriteAllText(Folder(run).ClusterLease, "");
        return LaunchAsync(
            Folder(run).ClusterPid, "Marathon.Testbed",
            "--brokers", "1", "--data", Folder(run).Cluster, "--lease", Folder(run).ClusterLease, "--lease-timeout", "600s");
    }

    /// <summary>Makes a folder look as if nobody had touched it for an hour.</summary>
    public static void Age(string path)
    {
        foreach (string each in Directory.EnumerateFileSystemEntries(path).Append(path))
        {
            Directory.SetLastWriteTimeUtc(each, TimeProvider.System.GetUtcNow().UtcDateTime - TimeSpan.FromHours(1));
        }
    }

    public async ValueTask DisposeAsync()
    {
        started.ForEach(p => p.Send(Signal.Kill));
        foreach (ProcessIdentity process in started)
        {
            await process.WaitForEndAsync(TimeSpan.FromMinutes(1), default);
        }

        await engine.DisposeAsync();
        folder.Dispose();
    }

    private async Task<ProcessIdentity> LaunchAsync(string pidFile, string program, params string[] arguments)
    {
        ProcessLaunch launch = new(pidFile, folder["log"], folder.Path, ExecutablePath.Beside(program), arguments)
        {
            Environment = new Dictionary<string, string> { [WorkerProtocol.TokenVariable] = "token" },
        };
        ProcessIdentity process = await DetachedProcess.StartAsync(launch, default);
        started.Add(process);

        // It begins as a shell.
        await Eventually.HoldsAsync(
            () => Path.GetFileName(File.ReadAllText($"/proc/{process.Pid}/cmdline").Split('\0')[0]) == program, $"{program} runs");
        return process;
    }
}
