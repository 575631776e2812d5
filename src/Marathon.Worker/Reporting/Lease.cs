using Marathon.Leases;

namespace Marathon.Worker.Reporting;

/// <summary>The worker's right to live: renewed by every heartbeat that a living controller answers.</summary>
public sealed class Lease(TimeSpan initial, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private long _renewedAt = clock.GetTimestamp();
    private TimeSpan _length = initial;

    /// <summary>How long it lasts from its renewal.</summary>
    public TimeSpan Length
    {
        get
        {
            lock (_lock)
                return _length;
        }
    }

    /// <summary>What is left; zero or less when it is over.</summary>
    public TimeSpan Remaining
    {
        get
        {
            lock (_lock)
                return _length - clock.GetElapsedTime(_renewedAt);
        }
    }

    /// <summary>How much of its end is for leaving.</summary>
    public TimeSpan ToLeave => LeaseEnd.ToLeave(Length);

    /// <summary>How long until the worker must begin to leave; zero or less when it must.</summary>
    public TimeSpan UntilLeaving => Remaining - ToLeave;

    /// <summary>A controller answered.</summary>
    /// <param name="length">How long the worker may live without another answer; ignored unless above zero.</param>
    public void Renew(TimeSpan length)
    {
        lock (_lock)
        {
            _renewedAt = clock.GetTimestamp();
            if (length > TimeSpan.Zero)
                _length = length;
        }
    }
}
