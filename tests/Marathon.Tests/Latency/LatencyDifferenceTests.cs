using Marathon.Latency;

namespace Marathon.Tests.Latency;

public sealed class LatencyDifferenceTests
{
    [Fact]
    public void Since_AnyTwoSnapshots_IsWhatWasRecordedBetween()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var (all, second) = (new LatencyHistogram(), new LatencyHistogram());
            for (var i = random.Next(0, 500); i > 0; i--)
                all.Record(Next(random));
            var before = all.Snapshot();
            for (var i = random.Next(0, 500); i > 0; i--)
            {
                var value = Next(random);
                all.Record(value);
                second.Record(value);
            }

            var between = all.Snapshot().Since(before);

            var expected = second.Snapshot();
            Assert.Equal((expected.Count, expected.Negative, expected.SumMicroseconds), (between.Count, between.Negative, between.SumMicroseconds));
            Assert.Equal(expected.Buckets, between.Buckets);
            foreach (var share in (double[])[0.5, 0.99])
                Assert.InRange(Math.Abs(LatencyHistogram.From(between).Percentile(share) - second.Percentile(share)), 0, 1 + (Math.Abs(second.Percentile(share)) / 500));
        }
    }

    [Fact]
    public void Since_MaximumOfBefore_DoesNotLeakIntoTheInterval()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(1_000_000);
        var before = histogram.Snapshot();
        histogram.Record(100);

        Assert.Equal(100, histogram.Snapshot().Since(before).MaxMicroseconds);
    }

    private static long Next(Random random) => random.Next(10) == 0 ? -random.Next(1, 50) : random.NextInt64(0, 1L << random.Next(1, 36));
}
