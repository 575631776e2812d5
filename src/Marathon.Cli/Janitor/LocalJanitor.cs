using System.ComponentModel;
using Marathon.Durable;
using Marathon.Kafka.Admin;

namespace Marathon.Cli.Janitor;

/// <summary>
/// Removes what belongs to no living run of the data folder, and says so in the log. What belongs to a living run, to another
/// data folder or to the user stays.
/// </summary>
internal sealed class LocalJanitor(IEnumerable<ILeftoverSource> sources, RunCensus census, DurableClient client, ILogger<LocalJanitor> logger) : IDisposable
{
    private readonly CancellationTokenSource end = new();

    /// <summary>Starts the durable timer, or wakes the one that a former controller has started.</summary>
    /// <param name="interval">Time between two turns.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public async Task StartAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(JanitorOrchestrator), interval, new StartOrchestrationOptions { InstanceId = JanitorOrchestrator.InstanceId }, cancellationToken);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            await client.RaiseEventAsync(JanitorOrchestrator.InstanceId, JanitorOrchestrator.WakeEvent, interval, cancellationToken);
        }
    }

    /// <summary>Ends the turn under way: a cluster that does not answer must not keep the controller.</summary>
    public void Stop() => end.Cancel();

    /// <summary>Looks once and removes what may go; answers how much that was.</summary>
    public async Task<int> TurnAsync()
    {
        int removed = 0;
        try
        {
            foreach (ILeftoverSource source in sources)
            {
                removed += (await Task.WhenAll((await source.FindAsync(census, end.Token)).Select(RemoveAsync))).Count(gone => gone);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The next controller's janitor goes on.
        }

        return removed;
    }

    public void Dispose() => end.Dispose();

    private async Task<bool> RemoveAsync(Leftover leftover)
    {
        try
        {
            await leftover.RemoveAsync(end.Token);
            logger.LeftoverRemoved(leftover.Name, leftover.Run, leftover.Reason);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Win32Exception or TimeoutException or KafkaAdminException or ClusterUnreachableException)
        {
            // It is found again at the next turn.
            logger.LeftoverStays(leftover.Name, leftover.Run, e.Message);
            return false;
        }
    }
}
