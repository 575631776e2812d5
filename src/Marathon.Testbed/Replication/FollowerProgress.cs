namespace Marathon.Testbed.Replication;

/// <summary>How far a follower is, as its leader knows from its fetches.</summary>
internal sealed class FollowerProgress
{
    public const long Unknown = -1;

    private DateTimeOffset _lastFetchAt;
    private long _leaderEndAtLastFetch;

    public long EndOffset { get; private set; } = Unknown;

    /// <summary>When it last had everything the leader had.</summary>
    public DateTimeOffset CaughtUpAt { get; private set; }

    public void Reset(DateTimeOffset caughtUpAt)
    {
        EndOffset = Unknown;
        CaughtUpAt = caughtUpAt;
        _lastFetchAt = default;
        _leaderEndAtLastFetch = 0;
    }

    public void OnFetch(long fetchOffset, long leaderEndOffset, DateTimeOffset now)
    {
        if (fetchOffset >= leaderEndOffset)
            CaughtUpAt = now;
        else if (fetchOffset >= _leaderEndAtLastFetch && _lastFetchAt != default)
            CaughtUpAt = Later(CaughtUpAt, _lastFetchAt);
        EndOffset = fetchOffset;
        _leaderEndAtLastFetch = leaderEndOffset;
        _lastFetchAt = now;
    }

    /// <summary>The leader is about to append: up to now a follower at the end had everything.</summary>
    public void BeforeAppend(long leaderEndOffset, DateTimeOffset now)
    {
        if (EndOffset >= leaderEndOffset)
            CaughtUpAt = now;
    }

    public bool IsCaughtUp(long leaderEndOffset, DateTimeOffset now, TimeSpan lagTimeMax) =>
        EndOffset >= leaderEndOffset || now - CaughtUpAt <= lagTimeMax;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
