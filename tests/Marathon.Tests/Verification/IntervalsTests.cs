using Marathon.Verification;

namespace Marathon.Tests.Verification;

/// <summary>Interval sets against plain sets of numbers.</summary>
public sealed class IntervalsTests
{
    private const int Universe = 60;

    [Fact]
    public void Algebra_AnySets_AgreesWithPlainSets()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var (left, plainLeft) = Sample(random);
            var (right, plainRight) = Sample(random);

            AssertSame(plainLeft.Union(plainRight), left.Union(right), seed);
            AssertSame(plainLeft.Intersect(plainRight), left.Intersect(right), seed);
            AssertSame(plainLeft.Except(plainRight), left.Except(right), seed);
            AssertSame(plainLeft.Where(n => n is >= 10 and < 30), left.Within(10, 30), seed);
        }
    }

    [Fact]
    public void TryAdd_AnyOrder_AgreesWithPlainSets()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var set = new IntervalSet(Universe);
            var plain = new HashSet<long>();
            for (var i = 0; i < 15; i++)
            {
                var from = random.Next(Universe);
                var to = Math.Min(Universe, from + random.Next(0, 8));
                Assert.True(set.TryAdd(from, to));
                plain.UnionWith(Numbers(from, to));
                if (random.Next(10) == 0)
                {
                    set.RemoveBelow(from);
                    plain.RemoveWhere(number => number < from);
                }

                AssertSame(plain, set.ToIntervals(), seed);
                Assert.Equal(plain.Count, set.Count);
                Assert.All(Enumerable.Range(0, Universe), n => Assert.Equal(plain.Contains(n), set.Contains(n)));
            }
        }
    }

    [Fact]
    public void TryAdd_AtItsBound_RefusesAndChangesNothing()
    {
        var set = new IntervalSet(2);
        Assert.True(set.TryAdd(1));
        Assert.True(set.TryAdd(5));

        Assert.False(set.TryAdd(3));
        Assert.True(set.TryAdd(2));
        Assert.True(set.TryAdd(3, 5));

        Assert.Equal(Intervals.Of(1, 6), set.ToIntervals());
    }

    [Theory]
    [InlineData(new long[] { 1 })]
    [InlineData(new long[] { -1, 3 })]
    [InlineData(new long[] { 3, 3 })]
    [InlineData(new long[] { 1, 4, 4, 6 })]
    [InlineData(new long[] { 5, 6, 1, 2 })]
    public void FromBounds_NoIntervals_IsRefused(long[] bounds) => Assert.Throws<FormatException>(() => Intervals.FromBounds(bounds));

    private static (Intervals, HashSet<long>) Sample(Random random)
    {
        var intervals = Intervals.Empty;
        var plain = new HashSet<long>();
        for (var i = random.Next(0, 6); i > 0; i--)
        {
            var from = random.Next(Universe);
            var to = from + random.Next(0, 10);
            intervals = intervals.Union(Intervals.Of(from, to));
            plain.UnionWith(Numbers(from, to));
        }

        return (intervals, plain);
    }

    private static IEnumerable<long> Numbers(long from, long to)
    {
        for (var number = from; number < to; number++)
            yield return number;
    }

    private static void AssertSame(IEnumerable<long> expected, Intervals actual, int seed)
    {
        var numbers = actual.SelectMany(interval => Numbers(interval.From, interval.To)).ToArray();
        Assert.True(expected.Order().SequenceEqual(numbers), $"seed {seed}: expected {string.Join(' ', expected.Order())}, got {actual}");
        Assert.Equal(numbers.Length, actual.Count);
        Assert.Equal(actual, Intervals.FromBounds(actual.Bounds));
    }
}
