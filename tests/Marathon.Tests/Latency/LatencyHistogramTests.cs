using Marathon.Latency;

namespace Marathon.Tests.Latency;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Percentile_AnyValues_IsOffByLessThanOneInAThousand()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var values = Enumerable.Range(0, 5_000).Select(_ => (long)Math.Exp(random.NextDouble() * 24)).ToArray();
            var histogram = new LatencyHistogram();
            foreach (var value in values)
                histogram.Record(value);

            Array.Sort(values);
            foreach (var share in new[] { 0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999, 1 })
            {
                double expected = values[(int)Math.Ceiling(share * values.Length) - 1];
                Assert.True(Math.Abs(histogram.Percentile(share) - expected) <= expected / 1000, $"seed {seed}, share {share}: {histogram.Percentile(share)} for {expected}");
            }
        }
    }

    [Fact]
    public void Percentile_ExactValues_AreExactBelowAThousand()
    {
        var histogram = new LatencyHistogram();
        for (var value = 1; value <= 1000; value++)
            histogram.Record(value);

        Assert.Equal(500, histogram.Percentile(0.5));
        Assert.Equal(990, histogram.Percentile(0.99));
        Assert.Equal(1000, histogram.Max);
    }

    [Fact]
    public void Add_Parts_EqualsTheWhole()
    {
        var random = new Random(1);
        var whole = new LatencyHistogram();
        var parts = Enumerable.Range(0, 4).Select(_ => new LatencyHistogram()).ToArray();
        for (var i = 0; i < 10_000; i++)
        {
            var value = random.NextInt64(-50, 1L << random.Next(1, 40));
            whole.Record(value);
            parts[random.Next(4)].Record(value);
        }

        var merged = new LatencyHistogram();
        foreach (var part in parts.Reverse())
            merged.Add(part.Snapshot());

        Assert.Equivalent(whole.Snapshot(), merged.Snapshot(), strict: true);
        Assert.Equal(whole.Summarise(), merged.Summarise());
        Assert.Equal(whole.Summarise(), LatencyHistogram.From(whole.Snapshot()).Summarise());
    }

    [Fact]
    public void Record_Negative_IsCountedAndNotDropped()
    {
        var histogram = new LatencyHistogram();
        for (var i = 0; i < 60; i++)
            histogram.Record(-7);
        for (var i = 0; i < 40; i++)
            histogram.Record(100);

        Assert.Equal(new LatencySummary(100, 60, -7, 100, 100, 100, 100), histogram.Summarise());
    }

    [Fact]
    public void Record_BeyondTheTrackable_KeepsTheMaximumExact()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(LatencyHistogram.MaxTrackable * 3);
        histogram.Record(1);

        Assert.Equal(LatencyHistogram.MaxTrackable * 3, histogram.Percentile(1));
        Assert.Equal(2, histogram.Count);
    }

    [Fact]
    public void Record_Anything_StaysWithinItsMemory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var histogram = new LatencyHistogram();
        for (var bit = 0; bit < 63; bit++)
        {
            for (var i = 0; i < 100; i++)
                histogram.Record((1L << bit) + i);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 128 * 1024);
    }

    [Fact]
    public void Percentile_Empty_IsZero() => Assert.Equal(0, new LatencyHistogram().Percentile(0.99));

    public static TheoryData<LatencySnapshot, string> Broken => new()
    {
        { new LatencySnapshot { Count = 1, Buckets = [1] }, "odd" },
        { new LatencySnapshot { Count = 2, Buckets = [5, 1, 5, 1] }, "ascending" },
        { new LatencySnapshot { Count = 1, Buckets = [1_000_000, 1] }, "below" },
        { new LatencySnapshot { Count = 3, Buckets = [5, 1] }, "add up to 1" },
        { new LatencySnapshot { Count = -1, Buckets = [5, -1] }, "negative" },
        { new LatencySnapshot { Count = 1, Negative = 1, MinMicroseconds = 3 }, "minMicroseconds" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Add_SnapshotThatContradictsItself_IsRefused(LatencySnapshot snapshot, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => new LatencyHistogram().Add(snapshot)).Message, StringComparison.Ordinal);
}
