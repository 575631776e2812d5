using System.Globalization;
using Marathon.Cli.Clusters;
using Marathon.Cli.Processes;
using Marathon.Cli.Storage;
using Marathon.Controller.Fleets;
using Marathon.Workers;

namespace Marathon.Cli.Fleets;

/// <summary>Workers as processes of this machine that outlive us.</summary>
internal sealed class LocalFleetProvider(string data, ExitWatch exits) : IFleetProvider
{
    /// <inheritdoc/>
    public async Task<FleetOperation> StartAsync(FleetStart start, CancellationToken cancellationToken)
    {
        RunFolder run = new(data, start.RunId);
        await Task.WhenAll(start.Lives.Select(async life =>
            exits.Watch(start.RunId, life, await DetachedProcess.StartAsync(Describe(run, start, life), cancellationToken))));
        return FleetOperation.Done(start.RunId);
    }

    /// <inheritdoc/>
    public Task<FleetOperation> PollAsync(FleetOperation operation, CancellationToken cancellationToken) => Task.FromResult(operation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<WorkerInstance>> ListAsync(string runId, CancellationToken cancellationToken)
    {
        RunFolder run = new(data, runId);
        return Task.FromResult<IReadOnlyList<WorkerInstance>>([.. Lives(run).Select(l => Describe(run, l.Life, l.Process))]);
    }

    /// <inheritdoc/>
    public async Task KillAsync(string runId, IReadOnlyList<WorkerLife> lives, CancellationToken cancellationToken)
    {
        RunFolder run = new(data, runId);
        await Task.WhenAll(lives.Select(life => PidFile.TryRead(PidPath(run, life))?.KillAsync(cancellationToken) ?? Task.CompletedTask));
    }

    /// <inheritdoc/>
    public async Task<FleetOperation> ReleaseAsync(string runId, CancellationToken cancellationToken)
    {
        await Task.WhenAll(Lives(new RunFolder(data, runId)).Select(l => l.Process.KillAsync(cancellationToken)));
        return FleetOperation.Done(runId);
    }

    private ProcessLaunch Describe(RunFolder run, FleetStart start, WorkerLife life) => new(
        PidPath(run, life),
        OutputPath(run, life),
        run.Path,
        ExecutablePath.Beside("Marathon.Worker"),
        [
            "--run", start.RunId,
            "--data", data,
            "--worker", life.Worker,
            "--epoch", life.Epoch.ToString(CultureInfo.InvariantCulture),
            "--controller", start.Controller.ToString(),
            "--lease-timeout", TestbedClusterProvider.Seconds(start.LeaseTimeout),
        ])
    {
        Environment = new Dictionary<string, string> { [WorkerProtocol.TokenVariable] = start.Token },
    };

    private WorkerInstance Describe(RunFolder run, WorkerLife life, ProcessIdentity process)
    {
        bool alive = process.IsAlive;
        if (alive)
        {
            // One that a former controller has started.
            exits.Watch(run.RunId, life, process);
        }

        bool running = alive && ProcStat.TryRead(process.Pid) is { IsStopped: false };
        return new WorkerInstance(life.Worker, life.Epoch, alive, process.Pid, alive ? null : LogTail.TryRead(OutputPath(run, life)), running);
    }

    private static IEnumerable<(WorkerLife Life, ProcessIdentity Process)> Lives(RunFolder run)
    {
        foreach (string file in Directory.Exists(run.Workers) ? Directory.EnumerateFiles(run.Workers, "*.pid") : [])
        {
            string name = Path.GetFileNameWithoutExtension(file);
            int dot = name.LastIndexOf('.');
            if (dot > 0 && int.TryParse(name.AsSpan(dot + 1), CultureInfo.InvariantCulture, out int epoch) && PidFile.TryRead(file) is { } process)
            {
                yield return (new WorkerLife(name[..dot], epoch), process);
            }
        }
    }

    private static string PidPath(RunFolder run, WorkerLife life) => Path.Combine(run.Workers, $"{Name(life)}.pid");

    // Beside the log that the worker keeps itself: what the runtime says of a crash.
    private static string OutputPath(RunFolder run, WorkerLife life) => run.Log(string.Create(CultureInfo.InvariantCulture, $"{life.Worker}-{life.Epoch}.out"));

    private static string Name(WorkerLife life) => string.Create(CultureInfo.InvariantCulture, $"{life.Worker}.{life.Epoch}");
}
