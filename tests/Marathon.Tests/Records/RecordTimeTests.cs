using Marathon.Records;

namespace Marathon.Tests.Records;

public sealed class RecordTimeTests
{
    [Fact]
    public void From_AnyTime_ComesBackToTheTick()
    {
        var time = new DateTimeOffset(2026, 11, 22, 16, 8, 27, TimeSpan.FromHours(3)).AddTicks(1234567);

        Assert.Equal(time, RecordTime.ToTime(RecordTime.From(time)));
        Assert.Equal(time.ToUnixTimeMilliseconds(), RecordTime.ToKafkaTimestamp(RecordTime.From(time)));
    }

    [Fact]
    public void Run_DifferentIds_HaveDifferentHashes()
    {
        var hashes = Enumerable.Range(0, 10_000).Select(i => RecordIdentity.Run($"run-{i}")).ToHashSet();

        Assert.Equal(10_000, hashes.Count);
        Assert.Equal(RecordIdentity.Run("run-1"), RecordIdentity.Run("run-1"));
    }
}
