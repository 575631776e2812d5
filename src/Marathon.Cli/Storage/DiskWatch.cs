using System.Data.Common;
using Marathon.Controller.Orchestrations;
using Marathon.Controller.Runs;
using Marathon.Durable;

namespace Marathon.Cli.Storage;

/// <summary>
/// Watches the disk of a data folder. When it is nearly full a ballast file is given up, and every unfinished run is
/// interrupted: what room that leaves is for cleaning up and for the reports.
/// </summary>
internal sealed class DiskWatch(string data, IRunStore runs, DurableClient client, TimeProvider clock, ILogger<DiskWatch> logger) : IAsyncDisposable
{
    private const long LowBytes = 32 << 20;
    private const long BallastBytes = 16 << 20;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);
    private readonly HashSet<string> told = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource end = new();
    private readonly string ballast = Path.Combine(data, ".ballast");
    private Task watching = Task.CompletedTask;

    /// <summary>Takes the ballast and begins to watch.</summary>
    public void Start()
    {
        if (Free > LowBytes + BallastBytes)
        {
            File.WriteAllBytes(ballast, new byte[BallastBytes]);
        }

        watching = WatchAsync(end.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (!end.IsCancellationRequested)
        {
            await end.CancelAsync();
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            end.Dispose();
            File.Delete(ballast);
        }
    }

    private long Free => new DriveInfo(data).AvailableFreeSpace;

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(s_interval, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                long free = Free;
                if (free < LowBytes)
                {
                    File.Delete(ballast);
                    await InterruptAsync($"--data: only {free >> 20} MiB are free on the disk of '{data}'; free some, or choose another folder with --data", cancellationToken);
                }
            }
            catch (Exception e) when (e is IOException or DbException)
            {
                logger.DiskStillFull(data, e);
            }
        }
    }

    private async Task InterruptAsync(string reason, CancellationToken cancellationToken)
    {
        foreach (RunRecord run in (await runs.ListAsync(cancellationToken)).Where(r => r.End is null && !told.Contains(r.RunId)))
        {
            logger.DiskFull(run.RunId, reason);
            await client.RaiseEventAsync(run.RunId, RunSignal.EventName, new RunSignal(RunSignalKind.StorageFull, reason), cancellationToken);
            told.Add(run.RunId);
        }
    }
}
