using System.Collections;
using System.Text.Json.Serialization;

namespace Marathon.Verification;

/// <summary>
/// An immutable set of non-negative whole numbers as ascending, disjoint, non-adjacent intervals [from, to).
/// In JSON a flat array: from, to, from, to, …
/// </summary>
[JsonConverter(typeof(IntervalsJsonConverter))]
public sealed class Intervals : IEquatable<Intervals>, IEnumerable<Interval>
{
    private readonly long[] _bounds;

    private Intervals(long[] bounds) => _bounds = bounds;

    /// <summary>The empty set.</summary>
    public static Intervals Empty { get; } = new([]);

    /// <summary>The numbers from, …, to - 1; empty when to is not above from.</summary>
    public static Intervals Of(long from, long to) => to <= from ? Empty : new([from, to]);

    /// <summary>One number.</summary>
    public static Intervals Of(long number) => new([number, number + 1]);

    /// <summary>From bounds from, to, from, to, …</summary>
    /// <exception cref="FormatException">They are not ascending, or negative, or odd in number.</exception>
    public static Intervals FromBounds(ReadOnlySpan<long> bounds)
    {
        if (bounds.Length % 2 != 0)
            throw new FormatException($"intervals need an even number of bounds, there are {bounds.Length}");

        for (var i = 0; i < bounds.Length; i++)
        {
            if (bounds[i] < 0 || (i > 0 && bounds[i] <= bounds[i - 1]))
                throw new FormatException($"bounds of intervals must be ascending and not negative, number {i} is {bounds[i]}");
        }

        return bounds.IsEmpty ? Empty : new(bounds.ToArray());
    }

    /// <summary>Number of intervals.</summary>
    public int Pieces => _bounds.Length / 2;

    /// <summary>Whether it holds no number.</summary>
    public bool IsEmpty => _bounds.Length == 0;

    /// <summary>How many numbers it holds.</summary>
    public long Count
    {
        get
        {
            var count = 0L;
            for (var i = 0; i < _bounds.Length; i += 2)
                count += _bounds[i + 1] - _bounds[i];

            return count;
        }
    }

    /// <summary>The bounds: from, to, from, to, …</summary>
    public ReadOnlySpan<long> Bounds => _bounds;

    /// <summary>The smallest number; -1 when empty.</summary>
    public long Lowest => IsEmpty ? -1 : _bounds[0];

    /// <summary>The largest number; -1 when empty.</summary>
    public long Highest => IsEmpty ? -1 : _bounds[^1] - 1;

    /// <summary>Whether it holds the number.</summary>
    public bool Contains(long number)
    {
        var at = Array.BinarySearch(_bounds, number);
        return at >= 0 ? at % 2 == 0 : ~at % 2 != 0;
    }

    /// <summary>Numbers in either.</summary>
    public Intervals Union(Intervals other) =>
        other.IsEmpty ? this : IsEmpty ? other : Combine(other, static (left, right) => left || right);

    /// <summary>Numbers in both.</summary>
    public Intervals Intersect(Intervals other) =>
        IsEmpty || other.IsEmpty ? Empty : Combine(other, static (left, right) => left && right);

    /// <summary>Numbers in this and not in the other.</summary>
    public Intervals Except(Intervals other) =>
        IsEmpty || other.IsEmpty ? this : Combine(other, static (left, right) => left && !right);

    /// <summary>Numbers in this from <paramref name="from"/> up to, and without, <paramref name="to"/>.</summary>
    public Intervals Within(long from, long to) => Intersect(Of(Math.Max(from, 0), to));

    /// <inheritdoc/>
    public bool Equals(Intervals? other) => other is not null && _bounds.AsSpan().SequenceEqual(other._bounds);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Intervals);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var bound in _bounds)
            hash.Add(bound);

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<Interval> GetEnumerator()
    {
        for (var i = 0; i < _bounds.Length; i += 2)
            yield return new Interval(_bounds[i], _bounds[i + 1]);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', this);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Intervals Combine(Intervals other, Func<bool, bool, bool> keep)
    {
        var result = new List<long>(_bounds.Length + other._bounds.Length);
        int left = 0, right = 0;
        while (left < _bounds.Length || right < other._bounds.Length)
        {
            var at = Math.Min(
                left < _bounds.Length ? _bounds[left] : long.MaxValue,
                right < other._bounds.Length ? other._bounds[right] : long.MaxValue);
            if (left < _bounds.Length && _bounds[left] == at)
                left++;
            if (right < other._bounds.Length && other._bounds[right] == at)
                right++;

            // An odd number of bounds passed means to be inside; a bound of the result is where that changes.
            if (keep(left % 2 != 0, right % 2 != 0) != (result.Count % 2 != 0))
                result.Add(at);
        }

        return result.Count == 0 ? Empty : new([.. result]);
    }
}
