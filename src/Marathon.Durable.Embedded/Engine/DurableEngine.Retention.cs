namespace Marathon.Durable.Embedded.Engine;

internal sealed partial class DurableEngine
{
    private static readonly TimeSpan s_shortestPurgeInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPurgeInterval = TimeSpan.FromHours(1);

    /// <summary>Removes, now and then, instances that ended longer ago than the retention.</summary>
    private async Task RetainAsync(TimeSpan retention)
    {
        TimeSpan interval = TimeSpan.FromTicks(Math.Clamp(retention.Ticks / 10, s_shortestPurgeInterval.Ticks, s_longestPurgeInterval.Ticks));
        try
        {
            while (true)
            {
                await PurgeAsync(Now - retention);
                await Task.Delay(interval, _options.TimeProvider, _stopping.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException && _stopping.IsCancellationRequested)
        {
            // The rest goes after the next start.
        }
    }

    private async Task PurgeAsync(DateTime endedBefore)
    {
        int purged = 0;
        int batch;
        do
        {
            batch = await PersistAsync(() => WriteAsync((session, effects) => session.Expired(endedBefore, Purging.BatchSize)
                .Where(ended => session.Find(ended.Key) is not null)
                .Sum(ended => Purging.Purge(session, effects, ended, recursive: true))));
            purged += batch;
        }
        while (batch > 0);

        if (purged > 0)
            Logs.Expired(_logger, purged, endedBefore);
    }
}
