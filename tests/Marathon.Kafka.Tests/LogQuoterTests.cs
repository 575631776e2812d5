using Marathon.Kafka.Rereading;
using Marathon.Verification;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Kafka.Tests;

/// <summary>Quotes from a log of records that a load has written.</summary>
public sealed class LogQuoterTests(TestbedFixture testbed) : IClassFixture<TestbedFixture>
{
    [Fact]
    public async Task Quote_AnOffset_HasFiveRecordsOnEachSide()
    {
        var (topic, incarnation, quoter) = await WrittenAsync();

        var excerpt = Assert.Single(await quoter.QuoteAsync(topic, [new LogPlace(0, new Interval(100, 101))], CancellationToken.None));

        Assert.Equal(Enumerable.Range(95, 11).Select(offset => $"in the log: offset {offset}: incarnation {incarnation}, sequence {offset}"), excerpt.Lines.Select(Start));
        Assert.Null(excerpt.FoundAt);
    }

    [Fact]
    public async Task Quote_ARecordThatIsSomewhereBetween_FindsIt()
    {
        var (topic, incarnation, quoter) = await WrittenAsync();

        var excerpt = Assert.Single(await quoter.QuoteAsync(topic, [new LogPlace(0, new Interval(10, 300), incarnation, 222)], CancellationToken.None));

        Assert.Equal(222, excerpt.FoundAt);
        Assert.Equal(Enumerable.Range(217, 11).Select(offset => $"in the log: offset {offset}: incarnation {incarnation}, sequence {offset}"), excerpt.Lines.Select(Start));
    }

    [Fact]
    public async Task Quote_ARecordThatIsNowhere_TellsWhatIsAtItsPlace()
    {
        var (topic, incarnation, quoter) = await WrittenAsync();

        var excerpt = Assert.Single(await quoter.QuoteAsync(topic, [new LogPlace(0, new Interval(10, 12), incarnation + 1, 3)], CancellationToken.None));

        Assert.Null(excerpt.FoundAt);
        Assert.Equal(Enumerable.Range(5, 11).Select(offset => $"in the log: offset {offset}: incarnation {incarnation}, sequence {offset}"), excerpt.Lines.Select(Start));
    }

    [Fact]
    public async Task Quote_BeyondTheEnd_SaysWhereTheLogEnds()
    {
        var (topic, _, quoter) = await WrittenAsync();

        var excerpt = Assert.Single(await quoter.QuoteAsync(topic, [new LogPlace(0, new Interval(long.MaxValue - 10, long.MaxValue))], CancellationToken.None));

        Assert.Matches("^in the log: the log holds offsets 0 to [0-9]+, the last excluded$", Assert.Single(excerpt.Lines));
    }

    [Fact]
    public async Task Quote_NoSuchPartition_SaysSo_AndGoesOn()
    {
        var (topic, _, quoter) = await WrittenAsync();

        var excerpts = await quoter.QuoteAsync(
            topic, [new LogPlace(7, new Interval(1, 2)), new LogPlace(7, new Interval(3, 4)), new LogPlace(0, new Interval(20, 21))], CancellationToken.None);

        Assert.Equal([7, 0], excerpts.Select(excerpt => excerpt.Place.Partition));
        Assert.StartsWith("in the log: nothing more could be read", Assert.Single(excerpts[0].Lines), StringComparison.Ordinal);
    }

    private static string Start(string line) => string.Join(',', line.Split(',')[..2]);

    private async Task<(string Topic, long Incarnation, LogQuoter Quoter)> WrittenAsync()
    {
        var spec = await Loads.WithTopicAsync(testbed.BootstrapServers, partitions: 1);
        await using var run = await LoadRun.StartAsync(spec);
        await run.AckedAsync(500);
        await run.StopProducingAsync();
        return (spec.Topics[0].Name, spec.Producers[0].Incarnation, new LogQuoter(spec.BootstrapServers, spec.ClientProperties, NullLogger.Instance));
    }
}
