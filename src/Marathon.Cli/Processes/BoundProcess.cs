using System.Collections.Concurrent;

namespace Marathon.Cli.Processes;

/// <summary>
/// Starts processes that the kernel kills when this one is killed. It does so at the end of the *thread* that made
/// them, so they are all made by one thread that lives as long as the process. Where setpriv is missing they stay
/// behind after a kill -9, for whoever reads their pid files.
/// </summary>
internal sealed class BoundProcess : IDisposable
{
    private static readonly string[] EndsWithUs =
        ExecutablePath.Find("setpriv") is { } setpriv ? [.. DetachedProcess.OwnSession, setpriv, "--pdeathsig", "KILL", "--"] : DetachedProcess.OwnSession;

    private readonly BlockingCollection<Task> starts = [];

    public BoundProcess() => new Thread(Work) { IsBackground = true, Name = "process starter" }.Start();

    /// <summary>Starts it, or finds the one that was started before, alive or not.</summary>
    public Task<ProcessIdentity> StartAsync(ProcessLaunch launch, CancellationToken cancellationToken)
    {
        Task<Task<ProcessIdentity>> start = new(() => launch.StartAsync(EndsWithUs, cancellationToken), cancellationToken);
        starts.Add(start, cancellationToken);
        return start.Unwrap();
    }

    public void Dispose() => starts.CompleteAdding();

    private void Work()
    {
        foreach (Task start in starts.GetConsumingEnumerable())
        {
            start.RunSynchronously();
        }
    }
}
