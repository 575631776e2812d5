using Marathon.Kafka.Producing;

namespace Marathon.Kafka.Tests;

public sealed class TransferPlansTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 12)]
    [InlineData(7, 3)]
    [InlineData(64, 12)]
    public void Next_TwoByTwo_OneKeyGivesWhatAnotherGets(int keys, int partitions)
    {
        var plans = Plans(keys, partitions);
        for (var i = 0; i < 100; i++)
        {
            var giving = plans.Next(i);
            Assert.True(plans.IsHalfDone);
            var getting = plans.Next(i);
            Assert.False(plans.IsHalfDone);
            Assert.Equal(giving.Transfer, getting.Transfer);
            Assert.Equal((giving.KeyId, getting.KeyId), (giving.Transfer!.Value.FromKeyId, giving.Transfer.Value.ToKeyId));
            Assert.NotEqual(giving.KeyId, getting.KeyId);
            Assert.True(giving.Transfer.Value.Amount > 0);
            Assert.Equal((giving.KeyId % partitions, getting.KeyId % partitions), (giving.Partition, getting.Partition));
        }
    }

    [Fact]
    public void Forget_HalfDone_BeginsAnew()
    {
        var plans = Plans(keys: 4, partitions: 2);
        var given = plans.Next(0);

        plans.Forget();

        Assert.NotEqual(given.Transfer, plans.Next(0).Transfer);
        Assert.True(plans.IsHalfDone);
    }

    private static TransferPlans Plans(int keys, int partitions)
    {
        var recordKeys = new RecordKeys(keys, partitions);
        return new TransferPlans(recordKeys, new PartitionRuns(recordKeys.UsedPartitions, recordsPerRun: 5, runNanoseconds: 1000, first: 0), new Random(1));
    }
}
