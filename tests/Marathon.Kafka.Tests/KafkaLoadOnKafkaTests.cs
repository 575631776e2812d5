namespace Marathon.Kafka.Tests;

public sealed class KafkaLoadOnKafkaTests(RealKafka kafka) : IClassFixture<RealKafka>
{
    [KafkaFact]
    public Task Load_EverythingAcknowledgedIsRead() => KafkaLoadContract.EverythingAcknowledgedIsRead(kafka.BootstrapServers, spec => spec);

    [KafkaFact]
    public Task Resume_ReplacementGoesOnFromTheCheckpoint() => KafkaLoadContract.ReplacementGoesOnFromTheCheckpoint(kafka.BootstrapServers);

    [KafkaFact]
    public Task Reread_RangeIsReadAgainWithTheSameDigest() => KafkaLoadContract.RangeIsReadAgainWithTheSameDigest(kafka.BootstrapServers);

    [KafkaFact]
    public Task Subscribe_MembersCommitWhatIsStoredAndNoMore() => KafkaLoadContract.MembersCommitWhatIsStoredAndNoMore(kafka.BootstrapServers);
}
