using Marathon.Kafka.Producing;

namespace Marathon.Kafka.Tests;

public sealed class PartitionRunsTests
{
    [Fact]
    public void Next_HighRate_FillsRuns() =>
        Assert.Equal([1, 1, 1, 2, 2, 2, 0, 0, 0, 1], Take(new PartitionRuns(3, recordsPerRun: 3, runNanoseconds: 1000, first: 1), count: 10, step: 1));

    [Fact]
    public void Next_LowRate_TakesTurns() =>
        Assert.Equal([0, 1, 2, 0, 1, 2], Take(new PartitionRuns(3, recordsPerRun: 1000, runNanoseconds: 100, first: 0), count: 6, step: 200));

    [Fact]
    public void Keys_BelongToTheirPartitionAndTakeTurns()
    {
        var keys = new RecordKeys(keys: 5, partitions: 3);

        Assert.Equal([0, 3, 0, 3], Enumerable.Range(0, 4).Select(_ => keys.Take(0).Id));
        Assert.Equal([2, 2], Enumerable.Range(0, 2).Select(_ => keys.Take(2).Id));
        Assert.Equal(2, keys.Take(0).Sequence);
        keys.Restart();
        Assert.Equal((3, 0L), keys.Take(0) is var taken ? (taken.Id, taken.Sequence) : default);
        Assert.Equal(2, new RecordKeys(keys: 2, partitions: 3).UsedPartitions);
        Assert.Equal(-1, new RecordKeys(keys: 0, partitions: 3).Take(1).Id);
    }

    private static IEnumerable<int> Take(PartitionRuns runs, int count, long step) => Enumerable.Range(0, count).Select(i => runs.Next(i * step));
}
