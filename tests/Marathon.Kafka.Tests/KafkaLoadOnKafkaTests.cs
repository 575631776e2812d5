using Confluent.Kafka;

namespace Marathon.Kafka.Tests;

public sealed class KafkaLoadOnKafkaTests(RealKafka kafka) : IClassFixture<RealKafka>
{
    [KafkaFact]
    public Task Load_EverythingAcknowledgedIsRead() => KafkaLoadContract.EverythingAcknowledgedIsRead(kafka.BootstrapServers, spec => spec);

    [KafkaFact]
    public Task Transactions_CommittedIsReadAndAbortedIsNot() => TransactionContract.CommittedIsReadAndAbortedIsNot(kafka.BootstrapServers);

    [KafkaFact]
    public Task Transactions_ReplacementFencesTheOneBefore() => TransactionContract.ReplacementFencesTheOneBefore(kafka.BootstrapServers);

    [KafkaFact]
    public Task Transactions_ZombieCannotCommit() => TransactionContract.ZombieCannotCommit(kafka.BootstrapServers);

    [KafkaFact]
    public Task Transactions_TransfersAddUpToNothing() => TransactionContract.TransfersAddUpToNothing(kafka.BootstrapServers);

    [KafkaFact]
    public Task Transactions_ReadEachOtherInNoCycle() => TransactionContract.TransactionsReadEachOtherInNoCycle(kafka.BootstrapServers);

    [KafkaFact]
    public Task Pipeline_TransformsEachRecordOnce() => TransactionContract.PipelineTransformsEachRecordOnce(kafka.BootstrapServers);

    [KafkaFact]
    public Task Resume_ReplacementGoesOnFromTheCheckpoint() => KafkaLoadContract.ReplacementGoesOnFromTheCheckpoint(kafka.BootstrapServers);

    [KafkaFact]
    public Task Reread_RangeIsReadAgainWithTheSameDigest() => KafkaLoadContract.RangeIsReadAgainWithTheSameDigest(kafka.BootstrapServers);

    [KafkaFact]
    public Task Subscribe_MembersCommitWhatIsStoredAndNoMore() => KafkaLoadContract.MembersCommitWhatIsStoredAndNoMore(kafka.BootstrapServers);

    [KafkaFact]
    public async Task RecordsRemovedBelowThePosition_ConsumerGoesOnAtTheStartOfTheLog()
    {
        var spec = await Loads.WithTopicAsync(kafka.BootstrapServers, partitions: 1);
        await using var run = await LoadRun.StartAsync(spec);
        await run.ReceivedAsync(500);
        await run.Load.PauseConsumptionAsync();
        var at = run.Counters.Received;
        await run.AckedAsync(at + 3000);
        using (var admin = new AdminClientBuilder(new Dictionary<string, string> { ["bootstrap.servers"] = kafka.BootstrapServers }).Build())
            await admin.DeleteRecordsAsync([new TopicPartitionOffset(spec.Topics[0].Name, 0, at + 2000)]);

        await run.Load.ResumeConsumptionAsync();

        await run.StopProducingAsync();
        await run.Until(() => run.Load.Status().Positions[0].NextOffset == run.Counters.Acked, "the end is reached");
        Assert.InRange(run.Counters.Received, at, run.Counters.Acked - 1000);
        Assert.DoesNotContain("log-regression", run.Counters.Anomalies.Keys);
    }
}
