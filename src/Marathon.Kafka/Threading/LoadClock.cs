using Marathon.Records;

namespace Marathon.Kafka.Threading;

/// <summary>
/// Time for schedules and latencies by a clock that never steps, and for records by the clock that others share. Both are
/// read together, once a round, so that a step of the one never reaches the other.
/// </summary>
internal sealed class LoadClock(TimeProvider clock)
{
    private readonly double _nanosecondsPerTick = 1e9 / clock.TimestampFrequency;
    private readonly long _origin = clock.GetTimestamp();
    private long _wallAhead;

    /// <summary>Nanoseconds since this clock was made; never steps.</summary>
    public long Now => clock.TimestampFrequency == 1_000_000_000
        ? clock.GetTimestamp() - _origin
        : (long)((clock.GetTimestamp() - _origin) * _nanosecondsPerTick);

    /// <summary>Compares with the clock that others share; returns <see cref="Now"/>.</summary>
    public long Refresh()
    {
        var now = Now;
        _wallAhead = RecordTime.Now(clock) - now;
        return now;
    }

    /// <summary>Nanoseconds since the Unix epoch for a time of this clock, as of the last refresh.</summary>
    public long ToWall(long now) => now + _wallAhead;
}
