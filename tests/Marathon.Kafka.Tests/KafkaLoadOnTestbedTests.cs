using Marathon.Workers.Load;

namespace Marathon.Kafka.Tests;

public sealed class KafkaLoadOnTestbedTests(TestbedFixture testbed) : IClassFixture<TestbedFixture>
{
    [Theory]
    [InlineData(Guarantee.Idempotent, -1, 0, Assignment.Assign)]
    [InlineData(Guarantee.AtLeastOnce, 1, 0, Assignment.Assign)]
    [InlineData(Guarantee.AtMostOnce, -1, 0, Assignment.Subscribe)]
    [InlineData(Guarantee.Idempotent, -1, 10, Assignment.Subscribe)]
    public Task Load_EverythingAcknowledgedIsRead(Guarantee guarantee, int acks, int keys, Assignment assignment) =>
        KafkaLoadContract.EverythingAcknowledgedIsRead(
            testbed.BootstrapServers, spec => spec with { Guarantee = guarantee, Acks = acks, Keys = keys, Assignment = assignment });

    [Fact]
    public Task Transactions_CommittedIsReadAndAbortedIsNot() => TransactionContract.CommittedIsReadAndAbortedIsNot(testbed.BootstrapServers);

    [Fact]
    public Task Transactions_ReplacementFencesTheOneBefore() => TransactionContract.ReplacementFencesTheOneBefore(testbed.BootstrapServers);

    [Fact]
    public Task Transactions_ZombieCannotCommit() => TransactionContract.ZombieCannotCommit(testbed.BootstrapServers);

    [Fact]
    public Task Transactions_TransfersAddUpToNothing() => TransactionContract.TransfersAddUpToNothing(testbed.BootstrapServers);

    [Fact]
    public Task Transactions_ReadEachOtherInNoCycle() => TransactionContract.TransactionsReadEachOtherInNoCycle(testbed.BootstrapServers);

    [Fact]
    public Task Pipeline_TransformsEachRecordOnce() => TransactionContract.PipelineTransformsEachRecordOnce(testbed.BootstrapServers);

    [Fact]
    public Task Resume_ReplacementGoesOnFromTheCheckpoint() => KafkaLoadContract.ReplacementGoesOnFromTheCheckpoint(testbed.BootstrapServers);

    [Fact]
    public Task Reread_RangeIsReadAgainWithTheSameDigest() => KafkaLoadContract.RangeIsReadAgainWithTheSameDigest(testbed.BootstrapServers);

    [Fact]
    public Task Subscribe_MembersCommitWhatIsStoredAndNoMore() => KafkaLoadContract.MembersCommitWhatIsStoredAndNoMore(testbed.BootstrapServers);
}
