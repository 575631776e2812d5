namespace Marathon.Kafka.Consuming;

/// <summary>
/// Notices a consumer that gets nothing although there is something to get. Quiet for <see cref="Patience"/>, since the last
/// record, rebalance or pause, is a reason to ask for the ends of its partitions; only if it lags behind them is it stuck.
/// </summary>
internal sealed class StuckWatch
{
    /// <summary>How long a consumer with lag may be without a record.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private long _received;
    private long _quietSince;
    private Task<long>? _lag;

    /// <summary>Something happened that explains a silence: begin anew.</summary>
    public void Reset(long now)
    {
        _quietSince = now;
        _lag = null;
    }

    /// <summary>Looks, a few times a second. True once for every time that the consumer is found stuck.</summary>
    /// <param name="now">Nanoseconds, monotonic.</param>
    /// <param name="received">Records read so far.</param>
    /// <param name="lag">Asks the cluster for the lag in offsets; may take long, or fail, which says nothing of the consumer.</param>
    public bool Look(long now, long received, Func<Task<long>> lag)
    {
        if (received != _received)
        {
            _received = received;
            Reset(now);
            return false;
        }

        if (now - _quietSince < Patience.TotalNanoseconds)
            return false;
        _lag ??= lag();
        if (!_lag.IsCompleted)
            return false;
        var isStuck = _lag is { IsCompletedSuccessfully: true, Result: > 0 };
        Reset(now);
        return isStuck;
    }
}
