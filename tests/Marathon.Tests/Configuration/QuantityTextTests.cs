using Marathon.Configuration;

namespace Marathon.Tests.Configuration;

public sealed class QuantityTextTests
{
    [Theory]
    [InlineData("30s", 30)]
    [InlineData("500ms", 0.5)]
    [InlineData("250us", 0.00025)]
    [InlineData("1.5h", 5_400)]
    [InlineData("5m", 300)]
    [InlineData("5min", 300)]
    [InlineData("7d", 604_800)]
    [InlineData("42", 42)]
    [InlineData(" 10 s ", 10)]
    [InlineData("1e3s", 1_000)]
    [InlineData("0", 0)]
    [InlineData("-5s", -5)]
    public void TryParseDuration_NumberWithUnit_IsRead(string text, double seconds)
    {
        Assert.True(QuantityText.TryParseDuration(text, out TimeSpan duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("s")]
    [InlineData("ten")]
    [InlineData("1h30m")]
    [InlineData("5 weeks")]
    [InlineData("30S")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e400s")]
    [InlineData("1e300d")]
    [InlineData("0x10s")]
    [InlineData("1,5s")]
    [InlineData("１s1")]
    public void TryParseDuration_AnythingElse_IsRefused(string text) => Assert.False(QuantityText.TryParseDuration(text, out _));

    [Theory]
    [InlineData("4096", 4_096)]
    [InlineData("1KiB", 1_024)]
    [InlineData("1.5 MiB", 1_572_864)]
    [InlineData("10MB", 10_000_000)]
    [InlineData("4.35KB", 4_350)]
    [InlineData("1.1GB", 1_100_000_000)]
    [InlineData("2TiB", 2_199_023_255_552)]
    [InlineData("128B", 128)]
    public void TryParseSize_NumberWithUnit_IsRead(string text, long expected)
    {
        Assert.True(QuantityText.TryParseSize(text, out long bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("KiB")]
    [InlineData("1kiB")]
    [InlineData("10K")]
    [InlineData("1e300TiB")]
    [InlineData("9223372036854775807")]
    public void TryParseSize_AnythingElse_IsRefused(string text) => Assert.False(QuantityText.TryParseSize(text, out _));

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(0.25, "250ms")]
    [InlineData(0.0000001, "0.0001ms")]
    [InlineData(90, "90s")]
    [InlineData(120, "2m")]
    [InlineData(7_200, "2h")]
    [InlineData(172_800, "2d")]
    [InlineData(-60, "-1m")]
    public void Format_Duration_UsesTheLargestUnitThatDividesIt(double seconds, string text) =>
        Assert.Equal(text, QuantityText.Format(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Format_AnyDurationOfATest_IsReadBackTheSame()
    {
        const int seed = 20_260_301;
        Random random = new(seed);
        for (int i = 0; i < 20_000; i++)
        {
            // Up to a year, at every scale, down to a tick.
            TimeSpan duration = TimeSpan.FromTicks(random.NextInt64(1L << random.Next(1, 48)));
            Assert.True(QuantityText.TryParseDuration(QuantityText.Format(duration), out TimeSpan back), $"seed {seed}, {duration}");
            Assert.True(duration == back, $"seed {seed}: {duration} is written {QuantityText.Format(duration)} and read {back}");
        }
    }
}
