namespace Marathon.Workers.Load;

/// <summary>
/// When each record of an open-loop load is to be sent, whatever became of those before it. A sender that falls behind
/// gets the records it owes with their intended times, also across changes of the rate: what one rate called for stays
/// called for. Times are nanoseconds of any monotonic clock. One thread at a time.
/// </summary>
public sealed class OpenLoopSchedule
{
    private const double NanosecondsPerSecond = 1e9;
    private readonly Queue<Segment> _owed = new();
    private Segment _current;
    private long _taken;
    private long _calledBefore;
    private (long At, double Rate)? _then;

    /// <param name="ratePerSecond">Records per second; 0 sends nothing, null is as fast as they are taken.</param>
    /// <param name="now">When it begins.</param>
    /// <param name="phase">Share of the first interval to wait, 0 to 1, so that several senders do not move in step.</param>
    public OpenLoopSchedule(double? ratePerSecond, long now, double phase = 0)
    {
        if (phase is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(phase), phase, "a phase is a share from 0 to 1");
        _current = new Segment(now, Checked(ratePerSecond), 1 - phase);
    }

    /// <summary>Records taken so far.</summary>
    public long Taken => _taken;

    /// <summary>
    /// Changes the rate from now on, twice that at first: until what it would have called for in a past time of that length is
    /// made up for. For a sender that takes over from one that is gone: nobody was there to send, which is no lateness of the
    /// system under test, so what is made up for is called for now and not then. Another change of the rate ends it.
    /// </summary>
    /// <param name="ratePerSecond">Records per second; 0 and null, as fast as they are taken, leave nothing to make up for.</param>
    /// <param name="now">The clock's time.</param>
    /// <param name="missed">Length of the time to make up for, in nanoseconds.</param>
    public void CatchUp(double? ratePerSecond, long now, long missed)
    {
        if (ratePerSecond is > 0 and var rate && missed > 0)
        {
            ChangeRate(2 * rate, now);
            _then = (now + missed, rate);
        }
        else
        {
            ChangeRate(ratePerSecond, now);
        }
    }

    /// <summary>Changes the rate from now on.</summary>
    public void ChangeRate(double? ratePerSecond, long now)
    {
        Checked(ratePerSecond);
        Advance(now);
        _then = null;
        Change(ratePerSecond, now);
    }

    private void Change(double? ratePerSecond, long now)
    {
        var carry = _current.Close(now);
        _calledBefore += _current.Called;
        if (_current.Taken < _current.Called)
            _owed.Enqueue(_current);
        _current = new Segment(now, ratePerSecond, carry);
    }

    /// <summary>Takes the next record if it is due.</summary>
    /// <param name="now">The clock's time.</param>
    /// <param name="intendedAt">When the schedule called for it.</param>
    public bool TryTake(long now, out long intendedAt)
    {
        Advance(now);
        var segment = _owed.Count > 0 ? _owed.Peek() : _current;
        intendedAt = segment.NextAt(now);
        if (intendedAt > now)
            return false;

        segment.Taken++;
        _taken++;
        if (segment != _current && segment.Taken >= segment.Called)
            _owed.Dequeue();
        return true;
    }

    /// <summary>When the next record is due; <see cref="long.MaxValue"/> when none is in sight.</summary>
    public long NextAt(long now)
    {
        Advance(now);
        return (_owed.Count > 0 ? _owed.Peek() : _current).NextAt(now);
    }

    /// <summary>Records called for so far; without a rate those that were taken.</summary>
    public long Called(long now)
    {
        Advance(now);
        return _calledBefore + _current.CalledUntil(now);
    }

    private void Advance(long now)
    {
        if (_then is { } then && now >= then.At)
        {
            _then = null;
            Change(then.Rate, then.At);
        }
    }

    private static double? Checked(double? ratePerSecond) =>
        ratePerSecond is null or (>= 0 and < double.PositiveInfinity)
            ? ratePerSecond
            : throw new ArgumentOutOfRangeException(nameof(ratePerSecond), ratePerSecond, "a rate is 0 or more records per second, or null");

    /// <summary>A time of one rate. The n-th record, from 1, is due when <c>carry + rate * elapsed</c> reaches n.</summary>
    private sealed class Segment(long start, double? rate, double carry)
    {
        private long _end = long.MaxValue;

        public long Taken { get; set; }

        /// <summary>Records called for in all; known once closed.</summary>
        public long Called { get; private set; }

        /// <summary>Returns the fraction of a record that the next segment inherits.</summary>
        public double Close(long now)
        {
            _end = Math.Max(now, start);
            Called = CalledUntil(_end);
            return rate is > 0 ? Progress(_end) - Called : carry;
        }

        public long CalledUntil(long now) => rate switch
        {
            null => Taken,
            0 => 0,
            _ => Math.Max(Taken, (long)Math.Floor(Progress(Math.Min(now, _end)))),
        };

        public long NextAt(long now) => rate switch
        {
            null => _end == long.MaxValue ? now : long.MaxValue,
            0 => long.MaxValue,
            _ => At(Taken + 1),
        };

        private double Progress(long now) => carry + (Math.Max(0, now - start) * rate!.Value / NanosecondsPerSecond);

        private long At(long n)
        {
            var after = Math.Max(0, n - carry) / rate!.Value * NanosecondsPerSecond;
            return after < long.MaxValue / 2 ? start + (long)after : long.MaxValue;
        }
    }
}
