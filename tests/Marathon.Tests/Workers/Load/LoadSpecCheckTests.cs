using Marathon.Configuration;
using Marathon.Workers.Load;

namespace Marathon.Tests.Workers.Load;

public sealed class LoadSpecCheckTests
{
    [Fact]
    public void Pipeline_WithExactlyOnceAndTwoTopics_IsTaken() => LoadSpecCheck.Refuse(Spec());

    [Fact]
    public void Pipeline_WithoutExactlyOnce_IsRefused() => AssertRefused(Spec() with { Guarantee = Guarantee.Idempotent }, "pipelines");

    [Fact]
    public void Pipeline_IntoATopicThatIsNotThere_IsRefused() => AssertRefused(Spec() with { Topics = [new TopicRef("in", 1, 4)] }, "pipelines[0]");

    [Fact]
    public void Pipeline_WithTheIncarnationsOfAProducer_IsRefused() =>
        AssertRefused(Spec() with { Producers = [new ProducerSpec("w0-p0", ProducerSpec.IncarnationsPerLife + 5, "in", "tx-p")] }, "pipelines[0].incarnation");

    [Fact]
    public void Producer_ExactlyOnceWithoutTransactionalId_IsRefused() =>
        AssertRefused(Spec() with { Producers = [new ProducerSpec("w0-p0", 3 * ProducerSpec.IncarnationsPerLife, "in")] }, "producers[0].transactionalId");

    [Theory]
    [InlineData(0, 100, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(1, 10_000, 0)]
    [InlineData(1, 100, 1.1)]
    [InlineData(1, double.NaN, 0)]
    public void Transactions_OutOfBounds_AreRefused(int records, double milliseconds, double abortShare) => AssertRefused(
        Spec() with { Transactions = new TransactionSpec { Records = records, Milliseconds = milliseconds, AbortShare = abortShare } }, "transactions");

    [Fact]
    public void Transactions_TakenOverAllTheTime_AreRefused() =>
        AssertRefused(Spec() with { Transactions = new TransactionSpec { TakeOverMilliseconds = 0 } }, "transactions.takeOverMilliseconds");

    [Theory]
    [InlineData(1, false, 256, "transactions.transfers")]
    [InlineData(2, true, 256, "transactions.transfers")]
    [InlineData(2, false, 103, "recordSizeBytes")]
    public void Transfers_ThatCannotBe_AreRefused(int keys, bool compacted, int recordSizeBytes, string field) => AssertRefused(
        Spec() with { Keys = keys, Compacted = compacted, RecordSizeBytes = recordSizeBytes, Pipelines = [], Transactions = new TransactionSpec { Transfers = true } }, field);

    private static LoadSpec Spec() => new()
    {
        RunId = "run",
        BootstrapServers = "127.0.0.1:9092",
        Topics = [new TopicRef("in", 1, 4), new TopicRef("out", 2, 4)],
        Guarantee = Guarantee.ExactlyOnce,
        Pipelines = [new PipelineSpec("w0-t0", ProducerSpec.IncarnationsPerLife, "in", "out", "group", "tx-t")],
    };

    private static void AssertRefused(LoadSpec spec, string field) =>
        Assert.Contains(Assert.Throws<SpecException>(() => LoadSpecCheck.Refuse(spec)).Errors, error => error.Field == field);
}
