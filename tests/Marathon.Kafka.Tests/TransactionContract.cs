using Marathon.Verification;
using Marathon.Workers.Load;

namespace Marathon.Kafka.Tests;

/// <summary>What a load does in transactions on any cluster that is honest.</summary>
public static class TransactionContract
{
    public static async Task CommittedIsReadAndAbortedIsNot(string bootstrapServers)
    {
        await using var run = await LoadRun.StartAsync(await SpecAsync(bootstrapServers));
        await run.AckedAsync(3000);
        await run.StopProducingAsync();
        var evidence = await DrainedAsync(run);

        var producer = Assert.Single(evidence.Producers);
        Assert.True(producer.Settled);
        Assert.DoesNotContain(producer.Transactions, transaction => transaction.Outcome is TransactionOutcome.Open or TransactionOutcome.Unknown);
        Assert.Contains(producer.Transactions, transaction => transaction.Outcome == TransactionOutcome.Aborted);
        Assert.Equal(run.Counters.Sent, evidence.Acknowledged() + producer.Partitions.Sum(partition => partition.Aborted.Count));
        Assert.Equal(evidence.Acknowledged(), run.Counters.Received);
        AssertNoFindings(run, evidence);
    }

    public static async Task ReplacementFencesTheOneBefore(string bootstrapServers)
    {
        var spec = await SpecAsync(bootstrapServers);
        await using var first = await LoadRun.StartAsync(spec with { Transactions = spec.Transactions with { Records = 1_000_000, Milliseconds = 9000 }, RatePerSecond = 500 });
        await first.AckedAsync(200);

        var producer = spec.Producers[0] with { Incarnation = 2 * ProducerSpec.IncarnationsPerLife };
        await using var second = await LoadRun.StartAsync(spec with { Producers = [producer], Consumers = [], Seed = 2 });
        await second.AckedAsync(1000);
        await second.StopProducingAsync();
        await first.Until(() => first.Load.CutAsync(CancellationToken.None).Result.Producers.Count > 1, "the first is fenced and goes on as another incarnation");
        await first.StopProducingAsync();
        var one = await DrainedAsync(first);
        var two = await second.StoredCutAsync();

        Assert.DoesNotContain(one.Producers.First(each => each.Incarnation == spec.Producers[0].Incarnation).Transactions, transaction => transaction.Outcome == TransactionOutcome.Committed);
        AssertNoFindings(first, one with { Producers = [.. one.Producers, .. two.Producers] });
    }

    public static async Task ZombieCannotCommit(string bootstrapServers)
    {
        const int takeOvers = 3;
        var spec = await SpecAsync(bootstrapServers);
        await using var run = await LoadRun.StartAsync(spec with { Transactions = spec.Transactions with { AbortShare = 0, TakeOverMilliseconds = 300 } });
        await run.Until(() => run.Load.CutAsync(CancellationToken.None).Result.Producers.Count > takeOvers, $"the transactional id was taken over {takeOvers} times");
        await run.StopProducingAsync();
        var evidence = await DrainedAsync(run);

        foreach (var zombie in evidence.Producers.SkipLast(1))
        {
            Assert.Equal(TransactionOutcome.Aborted, zombie.Transactions[^1].Outcome);
            Assert.DoesNotContain(zombie.Transactions, transaction => transaction.Outcome == TransactionOutcome.Unknown);
            Assert.True(zombie.Partitions.Sum(partition => partition.Aborted.Count) > 0);
        }

        Assert.Equal(evidence.Acknowledged(), run.Counters.Received);
        AssertNoFindings(run, evidence);
    }

    public static async Task TransfersAddUpToNothing(string bootstrapServers)
    {
        var spec = await SpecAsync(bootstrapServers);
        await using var run = await LoadRun.StartAsync(spec with { Keys = 7, Transactions = spec.Transactions with { Records = 41, Transfers = true } });
        await run.AckedAsync(2000);
        await run.StopProducingAsync();
        var evidence = await DrainedAsync(run);

        var segments = evidence.Consumers.SelectMany(consumer => consumer.Partitions).SelectMany(partition => partition.Segments).ToList();
        Assert.Equal(evidence.Acknowledged(), segments.Sum(segment => segment.Transfers));
        Assert.Contains(segments, segment => segment.TransferBalance != 0);
        Assert.Equal(0, segments.Sum(segment => segment.TransferBalance));
        AssertNoFindings(run, evidence);
    }

    public static async Task TransactionsReadEachOtherInNoCycle(string bootstrapServers)
    {
        var spec = await SpecAsync(bootstrapServers);
        var other = spec.Producers[0] with { Name = "w0-p1", Incarnation = 2 * ProducerSpec.IncarnationsPerLife, TransactionalId = spec.Producers[0].TransactionalId + "1" };
        await using var run = await LoadRun.StartAsync(spec with { Producers = [.. spec.Producers, other], Transactions = spec.Transactions with { Reads = true } });
        await run.AckedAsync(3000);
        await run.StopProducingAsync();
        var evidence = await DrainedAsync(run);

        foreach (var producer in evidence.Producers)
        {
            var read = producer.Transactions.SelectMany(transaction => transaction.ReadFrom).ToList();
            Assert.Contains(read, writer => writer.Incarnation != producer.Incarnation);
            Assert.All(read, writer => Assert.Equal(TransactionOutcome.Committed, evidence.Producers
                .Single(each => each.Incarnation == writer.Incarnation).Transactions.Single(each => each.Id == writer.Id).Outcome));
        }

        AssertNoFindings(run, evidence);
    }

    public static async Task PipelineTransformsEachRecordOnce(string bootstrapServers)
    {
        await using var run = await LoadRun.StartAsync(await PipelineSpecAsync(bootstrapServers));
        var (from, to) = (run.Spec.Topics[0].Name, run.Spec.Topics[1].Name);
        await run.AckedAsync(3000);
        await run.StopProducingAsync();
        var evidence = await DrainedAsync(run);

        long Committed(string topic) => evidence.Producers.Where(producer => producer.Topic == topic).SelectMany(producer => producer.Partitions).Sum(partition => partition.Acknowledged.Count);
        Assert.True(Committed(from) > 1000);
        Assert.Equal(Committed(from), Committed(to));
        Assert.Contains(evidence.Producers.Single(producer => producer.Topic == to).Transactions, transaction => transaction.Outcome == TransactionOutcome.Aborted);
        Assert.All(
            evidence.Producers.Single(producer => producer.Topic == to).Transactions.Where(transaction => transaction.Ranges.Count > 0),
            transaction => Assert.NotEmpty(transaction.ReadFrom));
        Assert.Equal(Committed(to), evidence.Consumers.Where(consumer => consumer.Name == "w0-c0").Received());
        AssertNoFindings(run, evidence);
    }

    private static async Task<LoadSpec> PipelineSpecAsync(string bootstrapServers)
    {
        var spec = await SpecAsync(bootstrapServers);
        var to = new TopicRef(spec.Topics[0].Name + "-transformed", 2, 3);
        using var admin = new Admin.KafkaAdmin(bootstrapServers);
        await admin.CreateTopicAsync(new Admin.TopicRequest(to.Name, to.Partitions, 1, new Dictionary<string, string>()), CancellationToken.None);
        await admin.WaitForLeadersAsync(to.Name, to.Partitions, TimeSpan.FromSeconds(30), CancellationToken.None);
        return spec with
        {
            Topics = [spec.Topics[0], to],
            Consumers = [new ConsumerSpec("w0-c0", to.Name, "readers-" + spec.RunId, [0, 1, 2])],
            Pipelines =
            [
                new PipelineSpec(
                    "w0-t0", 5 * ProducerSpec.IncarnationsPerLife, spec.Topics[0].Name, to.Name, $"pipeline-{to.Name}", $"{spec.RunId}-{Environment.ProcessId}-w0-t0"),
            ],
        };
    }

    public static async Task<LoadSpec> SpecAsync(string bootstrapServers)
    {
        var spec = await Loads.WithTopicAsync(bootstrapServers);
        return spec with
        {
            Guarantee = Guarantee.ExactlyOnce,
            Producers = [spec.Producers[0] with { TransactionalId = $"{spec.RunId}-{Environment.ProcessId}-w0-p0" }],
            Transactions = new TransactionSpec { Records = 40, Milliseconds = 50, AbortShare = 0.3 },
        };
    }

    private static async Task<LoadEvidence> DrainedAsync(LoadRun run)
    {
        var spec = run.Spec;
        using (var admin = new Admin.KafkaAdmin(spec.BootstrapServers))
        {
            foreach (var topic in spec.Topics)
            {
                var ends = await admin.ListOffsetsAsync(topic.Name, Enumerable.Range(0, topic.Partitions), Admin.OffsetAt.Latest, CancellationToken.None);
                await run.Until(
                    () => run.Load.Status().Positions.Where(position => position.Topic == topic.Name).ToList() is var positions
                        && positions.Count == ends.Count && positions.All(position => position.NextOffset >= ends[position.Partition]),
                    $"positions in {topic.Name} beyond the last marker: {string.Join(", ", ends)}");
            }
        }

        await run.Load.StopConsumingAsync(CancellationToken.None);
        return await run.StoredCutAsync();
    }

    private static void AssertNoFindings(LoadRun run, LoadEvidence evidence)
    {
        var result = EvidenceJoin.Join(
            [
                new WorkerEvidence
                {
                    Run = run.Spec.RunId, Worker = "w0", Epoch = 1, Number = 1, At = DateTimeOffset.UnixEpoch, Final = true,
                    Producers = evidence.Producers, Consumers = evidence.Consumers, Anomalies = evidence.Anomalies,
                },
            ],
            new RunFacts
            {
                Run = run.Spec.RunId,
                Topics = [.. run.Spec.Topics.Select(topic => new TopicFacts { Name = topic.Name, Id = topic.Id })],
                Guarantee = Guarantee.ExactlyOnce,
                Acks = Acks.All,
                Assignment = Assignment.Assign,
                Incarnations = evidence.Producers.Select(producer => producer.Incarnation / ProducerSpec.IncarnationsPerLife * ProducerSpec.IncarnationsPerLife).ToHashSet(),
                Drained = true,
            });
        Assert.Empty(result.Anomalies.Select(finding => $"{finding.Kind} {finding.Count}: {string.Join("; ", finding.Examples.Select(example => example.Detail))}"));
        Assert.Empty(result.Gaps);
    }
}
