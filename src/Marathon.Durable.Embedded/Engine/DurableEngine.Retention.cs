namespace Marathon.Durable.Embedded.Engine;

internal sealed partial class DurableEngine
{
    private static readonly TimeSpan s_shortestPurgeInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPurgeInterval = TimeSpan.FromHours(1);
    private ITimer? _retention;
    private int _isExpiring;

    /// <summary>Removes, now and then, instances that ended longer ago than the retention.</summary>
    private void Retain(TimeSpan retention)
    {
        TimeSpan interval = TimeSpan.FromTicks(Math.Clamp(retention.Ticks / 10, s_shortestPurgeInterval.Ticks, s_longestPurgeInterval.Ticks));
        Expire();
        _retention = _options.TimeProvider.CreateTimer(_ => Expire(), null, interval, interval);

        void Expire()
        {
            if (Interlocked.Exchange(ref _isExpiring, 1) != 0)
                return;
            Gauge.Enter();
            _ = ExpireAsync(Now - retention);
        }
    }

    private async Task ExpireAsync(DateTime endedBefore)
    {
        try
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
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The engine stops: the rest goes after the next start.
        }
        finally
        {
            Volatile.Write(ref _isExpiring, 0);
            Gauge.Exit();
        }
    }
}
