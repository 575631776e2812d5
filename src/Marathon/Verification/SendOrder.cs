namespace Marathon.Verification;

/// <summary>
/// Remembers, for the sends in flight, the highest offset that had been acknowledged when each began. Outcomes come in the
/// order of sends but for retries; one that comes after its place was given up is not judged.
/// </summary>
internal sealed class SendOrder
{
    private const int Capacity = 256;
    private (long From, long Highest)[] _steps = new (long, long)[4];
    private int _head, _count;

    /// <summary>A send begins while <paramref name="highestOffset"/> is acknowledged.</summary>
    public void Sending(long sequence, long highestOffset)
    {
        if (_count > 0 && _steps[(_head + _count - 1) & (_steps.Length - 1)].Highest == highestOffset)
            return;
        if (_count == _steps.Length)
            MakeRoom();

        _steps[(_head + _count++) & (_steps.Length - 1)] = (sequence, highestOffset);
    }

    /// <summary>The highest offset that was acknowledged when this send began; -1 when none was, or when it is not known.</summary>
    public long Acknowledged(long sequence)
    {
        while (_count > 1 && _steps[(_head + 1) & (_steps.Length - 1)].From <= sequence)
        {
            _head = (_head + 1) & (_steps.Length - 1);
            _count--;
        }

        return _count > 0 && _steps[_head].From <= sequence ? _steps[_head].Highest : -1;
    }

    private void MakeRoom()
    {
        if (_count == Capacity)
        {
            _head = (_head + 1) & (Capacity - 1);
            _count--;
            return;
        }

        var larger = new (long, long)[_steps.Length * 2];
        for (var i = 0; i < _count; i++)
            larger[i] = _steps[(_head + i) & (_steps.Length - 1)];

        (_steps, _head) = (larger, 0);
    }
}
