using Confluent.Kafka;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Tests.Support;
using Marathon.Testbed.Transactions;

using TopicPartition = Confluent.Kafka.TopicPartition;
namespace Marathon.Testbed.Tests.Transactions;

public sealed class TransactionTests : IAsyncLifetime
{
    private const string Topic = "accounts";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private TestbedCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await TestbedCluster.StartAsync(new TestbedOptions
        {
            Seed = 11,
            BrokerSessionTimeout = TimeSpan.FromSeconds(1),
            TransactionAbortScanInterval = TimeSpan.FromMilliseconds(200),
        });
        await _cluster.CreateTopicAsync(Topic, 3);
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task CommittedRecordsAreSeen_AbortedOnesAreNot()
    {
        using var producer = Transactional("writer");
        await InTransactionAsync(producer, 0, 100, commit: true);
        await InTransactionAsync(producer, 100, 100, commit: false);
        await InTransactionAsync(producer, 200, 100, commit: true);

        Assert.Equal(
            Enumerable.Range(0, 100).Concat(Enumerable.Range(200, 100)),
            _cluster.ReadAll(Topic, IsolationLevel.ReadCommitted).Numbers().Order());
        Assert.Equal(Enumerable.Range(0, 300), _cluster.ReadAll(Topic).Numbers().Order());
    }

    [Fact]
    public async Task OpenTransaction_HoldsTheLastStableOffset()
    {
        using var open = Transactional("slow");
        open.BeginTransaction();
        await open.ProduceAsync(Topic, Enumerable.Range(0, 30));
        using var other = _cluster.Producer();
        await other.ProduceAsync(Topic, Enumerable.Range(100, 30));

        Assert.Empty(_cluster.ReadAll(Topic, IsolationLevel.ReadCommitted));
        open.CommitTransaction(Timeout);
        await UntilEndedAsync("slow");
        Assert.Equal(60, _cluster.ReadAll(Topic, IsolationLevel.ReadCommitted).Count);
    }

    [Fact]
    public async Task ZombieProducer_IsFenced_AndWhatItLeftOpenIsAborted()
    {
        using var zombie = Transactional("shared");
        zombie.BeginTransaction();
        await zombie.ProduceAsync(Topic, Enumerable.Range(0, 10));
        using var successor = Transactional("shared");
        await InTransactionAsync(successor, 100, 10, commit: true);

        var fenced = Assert.ThrowsAny<KafkaException>(() => zombie.CommitTransaction(Timeout));
        Assert.True(fenced.Error.IsFatal, fenced.ToString());
        Assert.Equal(Enumerable.Range(100, 10), _cluster.ReadAll(Topic, IsolationLevel.ReadCommitted).Numbers().Order());
    }

    [Fact]
    public async Task TransactionBeyondItsTimeout_IsAborted()
    {
        using var abandoned = Transactional("abandoned", config => config.TransactionTimeoutMs = 1000);
        abandoned.BeginTransaction();
        await abandoned.ProduceAsync(Topic, Enumerable.Range(0, 10));
        using var other = _cluster.Producer();
        await other.ProduceAsync(Topic, Enumerable.Range(100, 10));

        await Eventually.TrueAsync(() => StateOf("abandoned") == TransactionState.CompleteAbort, "the coordinator aborts");
        Assert.Equal(Enumerable.Range(100, 10), _cluster.ReadAll(Topic, IsolationLevel.ReadCommitted).Numbers().Order());
    }

    [Fact]
    public async Task OffsetsInATransaction_CountOnlyWhenItCommits()
    {
        await _cluster.CreateTopicAsync("input");
        using (var source = _cluster.Producer())
            await source.ProduceAsync("input", Enumerable.Range(0, 20));
        using var consumer = _cluster.Consumer("transformers");
        consumer.Subscribe("input");
        var read = consumer.Read(20);
        using var producer = Transactional("transformer");

        producer.BeginTransaction();
        await producer.ProduceAsync(Topic, read.Numbers());
        producer.SendOffsetsToTransaction([new TopicPartitionOffset("input", 0, 10)], consumer.ConsumerGroupMetadata, Timeout);
        producer.AbortTransaction(Timeout);
        await UntilEndedAsync("transformer");
        Assert.Equal(Offset.Unset, Committed());

        producer.BeginTransaction();
        producer.SendOffsetsToTransaction([new TopicPartitionOffset("input", 0, 20)], consumer.ConsumerGroupMetadata, Timeout);
        producer.CommitTransaction(Timeout);
        await UntilEndedAsync("transformer");
        Assert.Equal(20, Committed().Value);

        Offset Committed() => consumer.Committed([new TopicPartition("input", 0)], Timeout).Single().Offset;
    }

    [Fact]
    public async Task BrokersKilledBetweenAndWithinTransactions_EachIsAllOrNothing()
    {
        using var producer = Transactional("survivor");
        var committed = new List<int>();
        for (var round = 0; round < 6; round++)
        {
            var numbers = Enumerable.Range(round * 100, 100).ToArray();
            if (round == 2)
                await _cluster.KillBrokerAsync(CoordinatorOf("survivor"));
            if (round == 4)
                await _cluster.KillBrokerAsync(_cluster.LeaderOf(Topic, 0)!.Value);
            if (TryRound(producer, numbers))
                committed.AddRange(numbers);
            foreach (var dead in _cluster.Hosts.Where(host => host.Broker is null).ToArray())
                await _cluster.StartBrokerAsync(dead.Id);
        }

        await UntilEndedAsync("survivor");
        Assert.True(committed.Count >= 400, $"{committed.Count} records committed");
        Assert.Equal(committed, _cluster.ReadAll(Topic, IsolationLevel.ReadCommitted).Numbers().Order());
    }

    private static bool TryRound(IProducer<string, string> producer, int[] numbers)
    {
        producer.BeginTransaction();
        foreach (var number in numbers)
            producer.Produce(Topic, new Message<string, string> { Key = $"{number % 7}", Value = $"{number}" });
        while (true)
        {
            try
            {
                producer.CommitTransaction(Timeout);
                return true;
            }
            catch (KafkaTxnRequiresAbortException)
            {
                producer.AbortTransaction(Timeout);
                return false;
            }
            catch (KafkaRetriableException)
            {
                // Asked again, as the client's documentation says.
            }
        }
    }

    private static async Task InTransactionAsync(IProducer<string, string> producer, int first, int count, bool commit)
    {
        producer.BeginTransaction();
        await producer.ProduceAsync(Topic, Enumerable.Range(first, count));
        if (commit)
            producer.CommitTransaction(Timeout);
        else
            producer.AbortTransaction(Timeout);
    }

    private IProducer<string, string> Transactional(string id, Action<ProducerConfig>? configure = null)
    {
        var producer = _cluster.Producer(config =>
        {
            config.TransactionalId = id;
            config.TransactionTimeoutMs = 20_000;
            configure?.Invoke(config);
        });
        producer.InitTransactions(Timeout);
        return producer;
    }

    private TransactionEntry? Entry(string id) =>
        _cluster.Hosts.Select(host => host.Broker).OfType<Broker>().SelectMany(broker => broker.Transactions.All)
            .FirstOrDefault(entry => entry.Metadata.TransactionalId == id);

    private TransactionState? StateOf(string id) => Entry(id)?.Metadata.State;

    private int CoordinatorOf(string id) => _cluster.Hosts
        .Single(host => host.Broker?.Transactions.All.Any(entry => entry.Metadata.TransactionalId == id) == true).Id;

    /// <summary>A commit is answered before its markers are written.</summary>
    private Task UntilEndedAsync(string id) => Eventually.TrueAsync(
        () => StateOf(id) is TransactionState.CompleteCommit or TransactionState.CompleteAbort, $"{id} has ended");
}
