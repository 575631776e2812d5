using System.Collections.Concurrent;
using System.Data.Common;
using Marathon.Cli.Processes;
using Marathon.Controller.Fleets;
using Marathon.Controller.Runs;
using Marathon.Controller.Storage;
using Marathon.Controller.Workers;
using Marathon.Workers;

namespace Marathon.Cli.Fleets;

/// <summary>
/// Notices within a moment that a worker's process has ended, and wakes the orchestration that watches the worker: it need not
/// wait for its next look, much less for missed heartbeats.
/// </summary>
internal sealed class ExitWatch(IRunStore runs, WorkerSignals signals, TimeProvider clock, ILogger<ExitWatch> logger) : IAsyncDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentDictionary<(string RunId, WorkerLife Life), ProcessIdentity> living = new();
    private readonly CancellationTokenSource end = new();
    private Task watching = Task.CompletedTask;

    /// <summary>Begins.</summary>
    public void Start() => watching = WatchAsync(end.Token);

    /// <summary>Watches a process; again is fine.</summary>
    public void Watch(string runId, WorkerLife life, ProcessIdentity process) => living[(runId, life)] = process;

    public async ValueTask DisposeAsync()
    {
        if (!end.IsCancellationRequested)
        {
            await end.CancelAsync();
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            end.Dispose();
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(s_interval, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            foreach ((string RunId, WorkerLife Life) ended in living.Where(l => !l.Value.IsAlive).Select(l => l.Key).ToArray())
            {
                living.TryRemove(ended, out _);
                try
                {
                    await TellAsync(ended.RunId, ended.Life, cancellationToken);
                }
                catch (Exception e) when (e is IOException or DbException or StorageException)
                {
                    logger.ExitUntold(ended.RunId, ended.Life.Worker, e);
                }
            }
        }
    }

    private async Task TellAsync(string runId, WorkerLife life, CancellationToken cancellationToken)
    {
        RunRecord? run = await runs.FindAsync(runId, cancellationToken);
        if (run is { End: null } && run.LifeOf(life.Worker, life.Epoch) is { EndedAt: null } known && known.Attempt == run.Attempt)
        {
            await signals.RaiseAsync(run, known, WorkerEventKind.WorkerExited, cancellationToken);
        }
    }
}
