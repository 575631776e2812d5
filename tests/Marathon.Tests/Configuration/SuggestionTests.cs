using System.Diagnostics;
using Marathon.Configuration;

namespace Marathon.Tests.Configuration;

public sealed class SuggestionTests
{
    private static readonly string[] Known = ["partitions", "ratePerSecond", "acks", "guarantee"];

    [Theory]
    [InlineData("partition", "partitions")]
    [InlineData("PARTITIONS", "partitions")]
    [InlineData("ratepersecond", "ratePerSecond")]
    [InlineData("ack", "acks")]
    [InlineData("garantee", "guarantee")]
    public void For_Misspelling_NamesWhatWasMeant(string name, string meant) => Assert.Equal($"did you mean '{meant}'?", Suggestion.For(name, Known));

    [Theory]
    [InlineData("")]
    [InlineData("colour")]
    [InlineData("x")]
    public void For_AnythingElse_NamesThemAll(string name) => Assert.Equal("known are: partitions, ratePerSecond, acks, guarantee", Suggestion.For(name, Known));

    [Fact]
    public void For_NothingKnown_SaysSo() => Assert.Equal("known are: ", Suggestion.For("x", []));

    [Fact]
    public void For_NameOfMegabytes_IsNotCompared()
    {
        long before = Stopwatch.GetTimestamp();
        Suggestion.For(new string('a', 50_000_000), Known);
        // Comparing would take thousands of millions of steps.
        Assert.True(Stopwatch.GetElapsedTime(before) < TimeSpan.FromSeconds(20));
    }
}
