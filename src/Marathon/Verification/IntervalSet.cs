namespace Marathon.Verification;

/// <summary>
/// A growing set of sequences for one thread: ascending disjoint intervals in one array, cheapest at its upper end.
/// Never holds more than its bound of intervals: <c>TryAdd</c> refuses what would need one more.
/// </summary>
public sealed class IntervalSet(int bound)
{
    private long[] _bounds = new long[4];
    private int _used;

    /// <summary>Number of intervals.</summary>
    public int Pieces => _used / 2;

    /// <summary>How many numbers it holds.</summary>
    public long Count { get; private set; }

    /// <summary>Adds one number.</summary>
    public bool TryAdd(long number) => TryAdd(number, number + 1);

    /// <summary>Adds the numbers from, …, to - 1; those already there do no harm.</summary>
    /// <returns>False when that takes more intervals than the bound: nothing has changed.</returns>
    public bool TryAdd(long from, long to)
    {
        if (to <= from)
            return true;
        if (_used > 0 && from == _bounds[_used - 1])
        {
            _bounds[_used - 1] = to;
            Count += to - from;
            return true;
        }

        return TryInsert(from, to);
    }

    /// <summary>Whether it holds the number.</summary>
    public bool Contains(long number)
    {
        var at = Array.BinarySearch(_bounds, 0, _used, number);
        return at >= 0 ? at % 2 == 0 : ~at % 2 != 0;
    }

    /// <summary>Takes out every number below the limit.</summary>
    public void RemoveBelow(long limit)
    {
        var first = FirstInterval(limit, endsAtOrAfter: true);
        if (first < Pieces && _bounds[(2 * first) + 1] == limit)
            first++;
        for (var i = 0; i < first; i++)
            Count -= _bounds[(2 * i) + 1] - _bounds[2 * i];

        _used -= 2 * first;
        Array.Copy(_bounds, 2 * first, _bounds, 0, _used);
        if (_used > 0 && _bounds[0] < limit)
        {
            Count -= limit - _bounds[0];
            _bounds[0] = limit;
        }
    }

    /// <summary>The number at which the upper half of the intervals begins; 0 when there are none.</summary>
    public long Middle => _used == 0 ? 0 : _bounds[2 * (Pieces / 2)];

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        _used = 0;
        Count = 0;
    }

    /// <summary>Its state now.</summary>
    public Intervals ToIntervals() => Intervals.FromBounds(_bounds.AsSpan(0, _used));

    private bool TryInsert(long from, long to)
    {
        // First interval that ends at or after the new one begins, and first that begins after the new one ends.
        var first = FirstInterval(from, endsAtOrAfter: true);
        var last = FirstInterval(to, endsAtOrAfter: false);
        if (first == last && Pieces == bound)
            return false;

        var mergedFrom = first < last ? Math.Min(from, _bounds[2 * first]) : from;
        var mergedTo = first < last ? Math.Max(to, _bounds[(2 * last) - 1]) : to;
        var absorbed = 0L;
        for (var i = first; i < last; i++)
            absorbed += _bounds[(2 * i) + 1] - _bounds[2 * i];

        var tail = _used - (2 * last);
        var used = (2 * first) + 2 + tail;
        if (used > _bounds.Length)
            Array.Resize(ref _bounds, Math.Max(used, _bounds.Length * 2));

        Array.Copy(_bounds, 2 * last, _bounds, (2 * first) + 2, tail);
        _bounds[2 * first] = mergedFrom;
        _bounds[(2 * first) + 1] = mergedTo;
        _used = used;
        Count += mergedTo - mergedFrom - absorbed;
        return true;
    }

    private int FirstInterval(long number, bool endsAtOrAfter)
    {
        int low = 0, high = Pieces;
        while (low < high)
        {
            var middle = (low + high) / 2;
            var before = endsAtOrAfter ? _bounds[(2 * middle) + 1] < number : _bounds[2 * middle] <= number;
            if (before)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
