using Confluent.Kafka;
using Marathon.Records;
using Marathon.Testbed.Tests.Support;

namespace Marathon.Testbed.Tests.Lies;

/// <summary>Lies about transactions.</summary>
public sealed class TransactionLieTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task AbortedRead_ShowsAnAbortedTransactionOnce()
    {
        await using var lying = await LyingCluster.StartAsync("aborted-read:rate=1,max=1");
        using var producer = Transactional(lying);
        await RunAsync(lying, producer, commit: true, 0);
        await RunAsync(lying, producer, commit: false, 0);
        await RunAsync(lying, producer, commit: true, 0);
        Assert.Equal(30, lying.Sequences(IsolationLevel.ReadCommitted).Count);
        Assert.Equal(20, lying.Sequences(IsolationLevel.ReadCommitted).Count);
        Assert.Equal(10, lying.Lie.Committed);
    }

    [Fact]
    public async Task UncommittedRead_ShowsWhatIsOpen()
    {
        await using var lying = await LyingCluster.StartAsync("uncommitted-read:rate=1,max=1");
        using var producer = Transactional(lying);
        producer.BeginTransaction();
        await lying.WriteAsync(producer, 10, transaction: 1);
        using var consumer = lying.Cluster.Consumer("early", config => config.IsolationLevel = IsolationLevel.ReadCommitted);
        consumer.Assign(new TopicPartitionOffset(LyingCluster.Topic, 0, Offset.Beginning));
        Assert.Equal(10, consumer.Read(10).Count);
        Assert.Equal(1, lying.Lie.Committed);
        producer.CommitTransaction(Timeout);
    }

    [Fact]
    public async Task WriteCycle_ShowsTransactionsThatAreOpenAtOnce()
    {
        await using var lying = await LyingCluster.StartAsync("write-cycle:rate=1,max=1");
        using var one = Transactional(lying);
        using var other = Transactional(lying, "other");
        one.BeginTransaction();
        await lying.WriteAsync(one, 10, transaction: 1);
        using var consumer = lying.Cluster.Consumer("early", config => config.IsolationLevel = IsolationLevel.ReadCommitted);
        consumer.Assign(new TopicPartitionOffset(LyingCluster.Topic, 0, Offset.Beginning));
        Assert.Equal(0, consumer.Consume(Timeout) is { IsPartitionEOF: true } end ? end.Offset.Value : -1);
        Assert.Equal(0, lying.Lie.Committed);
        other.BeginTransaction();
        await lying.WriteAsync(other, 10, transaction: 2);
        Assert.Equal(20, consumer.Read(20).Count);
        Assert.Equal(1, lying.Lie.Committed);
    }

    [Fact]
    public async Task TornTransaction_LacksWhatWasWrittenToOnePartition()
    {
        await using var lying = await LyingCluster.StartAsync("torn-transaction:rate=1,max=1", partitions: 3);
        using var producer = Transactional(lying);
        await RunAsync(lying, producer, commit: true, 0, 1, 2);
        await UntilEndedAsync(lying);
        var there = lying.Read(IsolationLevel.ReadCommitted).Select(record => record.Header.Partition).Distinct().ToArray();
        Assert.Equal(2, there.Length);
        Assert.DoesNotContain(lying.Lie.Examples.Single().Partition!.Value, there);
    }

    [Fact]
    public async Task TransactionMixup_WritesARecordInTheNextTransaction()
    {
        await using var lying = await LyingCluster.StartAsync("transaction-mixup:rate=1,max=1");
        using var producer = Transactional(lying);
        for (var transaction = 1; transaction <= 3; transaction++)
            await RunAsync(lying, producer, commit: true, (long)transaction, 0);
        await UntilEndedAsync(lying);
        var transactions = lying.Read(IsolationLevel.ReadCommitted).Select(record => record.Header.TransactionId).ToList();
        Assert.Equal(30, transactions.Count);
        Assert.True(transactions.Zip(transactions.Skip(1)).Count(pair => pair.Second < pair.First) == 1, string.Join(",", transactions));
        Assert.Equal(1, lying.Lie.Committed);
    }

    [Fact]
    public async Task ConservationBroken_ChangesOneAmount()
    {
        await using var lying = await LyingCluster.StartAsync("conservation-broken:rate=1,max=1");
        using var producer = Transactional(lying);
        for (var transaction = 1; transaction <= 2; transaction++)
        {
            producer.BeginTransaction();
            await lying.WriteAsync(producer, 10, keys: 2, transaction: transaction, transfer: new Transfer(0, 1, 100));
            producer.CommitTransaction(Timeout);
        }

        await UntilEndedAsync(lying);
        var records = lying.Read(IsolationLevel.ReadCommitted);
        var amounts = records.Select(record =>
            ExtensionBlocks.TryReadTransfer(RecordCodec.Extensions(record.Raw.Message.Value, record.Header), out var transfer) ? transfer.Amount : 0).ToList();
        Assert.All(records, record => Assert.Equal(RecordFlaw.None, record.Flaw));
        Assert.Equal(19, amounts.Count(amount => amount == 100));
        Assert.Equal(1, amounts.Count(amount => amount == 101));
        Assert.Equal(1, lying.Lie.Committed);
    }

    [Fact]
    public async Task EosBroken_SaysOfARecordThatItWasMadeFromWhatAnotherWas()
    {
        await using var lying = await LyingCluster.StartAsync("eos-broken:rate=1,max=1");
        using var producer = Transactional(lying);
        for (var transaction = 0; transaction < 2; transaction++)
        {
            producer.BeginTransaction();
            await lying.WriteAsync(producer, 10, transaction: transaction + 1, firstSource: new SourceRecord(1, 4, transaction * 10));
            producer.CommitTransaction(Timeout);
        }

        await UntilEndedAsync(lying);
        var records = lying.Read(IsolationLevel.ReadCommitted);
        var sources = records.Select(record =>
            ExtensionBlocks.TryReadSource(RecordCodec.Extensions(record.Raw.Message.Value, record.Header), out var source) ? source : default).ToList();
        Assert.All(records, record => Assert.Equal(RecordFlaw.None, record.Flaw));
        Assert.All(sources, source => Assert.Equal((1, 4), (source.TopicId, source.Partition)));
        Assert.Equal([0, 0, .. Enumerable.Range(2, 18)], sources.Select(source => (int)source.Offset));
        Assert.Equal(2, lying.Lie.Committed);
    }

    [Fact]
    public async Task EosBroken_NoPipelineWroteTheRecords_ChangesNothing()
    {
        await using var lying = await LyingCluster.StartAsync("eos-broken:rate=1");
        using var producer = Transactional(lying);
        await RunAsync(lying, producer, commit: true, 0);
        await UntilEndedAsync(lying);
        Assert.All(lying.Read(IsolationLevel.ReadCommitted), record => Assert.Equal(RecordFlaw.None, record.Flaw));
        Assert.Equal(0, lying.Lie.Committed);
    }

    [Fact]
    public async Task StuckLso_StaysWhereItIs()
    {
        await using var lying = await LyingCluster.StartAsync("stuck-lso:rate=1,max=1");
        using var producer = Transactional(lying);
        await RunAsync(lying, producer, commit: true, 0);
        await RunAsync(lying, producer, commit: true, 0);
        await UntilEndedAsync(lying);
        Assert.Equal(20, lying.Sequences().Count);
        Assert.Empty(lying.Sequences(IsolationLevel.ReadCommitted));
        Assert.Equal(1, lying.Lie.Committed);
    }

    [Fact]
    public async Task ZombieNotFenced_LetsTheOldProducerCommit()
    {
        await using var lying = await LyingCluster.StartAsync("zombie-not-fenced");
        using var zombie = Transactional(lying);
        await RunAsync(lying, zombie, commit: true, 0);
        await UntilEndedAsync(lying);
        using var successor = Transactional(lying);
        await RunAsync(lying, zombie, commit: true, 0);
        await UntilEndedAsync(lying);
        Assert.Equal(20, lying.Sequences(IsolationLevel.ReadCommitted).Count);
        Assert.Equal(1, lying.Lie.Committed);
    }

    [Fact]
    public async Task ZombieNotFenced_LetsTheOldProducerCommitWhatItHadOpen()
    {
        await using var lying = await LyingCluster.StartAsync("zombie-not-fenced:max=1");
        using var zombie = Transactional(lying);
        zombie.BeginTransaction();
        await lying.WriteAsync(zombie, 10, transaction: 1);
        using var successor = Transactional(lying);
        zombie.CommitTransaction(Timeout);
        await RunAsync(lying, successor, commit: true, 0);
        await UntilEndedAsync(lying);
        Assert.Equal(20, lying.Sequences(IsolationLevel.ReadCommitted).Count);
        Assert.Equal(1, lying.Lie.Committed);
    }

    [Fact]
    public async Task ZombieNotFenced_ToldAsOftenAsAskedFor_FencesTheNext()
    {
        await using var lying = await LyingCluster.StartAsync("zombie-not-fenced:max=1");
        using var first = Transactional(lying);
        first.BeginTransaction();
        await lying.WriteAsync(first, 10, transaction: 1);
        using var second = Transactional(lying);
        first.CommitTransaction(Timeout);
        second.BeginTransaction();
        await lying.WriteAsync(second, 10, transaction: 1);
        using var third = Transactional(lying);
        Assert.True(Assert.ThrowsAny<KafkaException>(() => second.CommitTransaction(Timeout)).Error.IsFatal);
        await UntilEndedAsync(lying);
        Assert.Equal(10, lying.Sequences(IsolationLevel.ReadCommitted).Count);
        Assert.Equal(1, lying.Lie.Committed);
    }

    private static IProducer<byte[], byte[]> Transactional(LyingCluster lying, string id = "teller")
    {
        var producer = lying.Producer(config => (config.TransactionalId, config.TransactionTimeoutMs) = (id, 30_000));
        producer.InitTransactions(Timeout);
        return producer;
    }

    private static Task RunAsync(LyingCluster lying, IProducer<byte[], byte[]> producer, bool commit, params int[] partitions) =>
        RunAsync(lying, producer, commit, 1L, partitions);

    private static async Task RunAsync(LyingCluster lying, IProducer<byte[], byte[]> producer, bool commit, long transaction, params int[] partitions)
    {
        producer.BeginTransaction();
        foreach (var partition in partitions)
            await lying.WriteAsync(producer, 10, partition, transaction: transaction);
        if (commit)
            producer.CommitTransaction(Timeout);
        else
            producer.AbortTransaction(Timeout);
    }

    private static Task UntilEndedAsync(LyingCluster lying) => Eventually.TrueAsync(
        () => lying.Cluster.Hosts.SelectMany(host => host.Broker!.Transactions.All).All(entry => !entry.Metadata.IsEnding), "the transactions have ended");
}
