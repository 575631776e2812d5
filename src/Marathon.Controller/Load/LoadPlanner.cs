using Marathon.Configuration;
using Marathon.Controller.Runs;
using Marathon.Controller.Topics;
using Marathon.Scenarios;
using Marathon.Workers.Load;

namespace Marathon.Controller.Load;

/// <summary>Deals a run's load out to its workers: the same answer for the same life, whoever asks.</summary>
public static class LoadPlanner
{
    /// <summary>What one life of a worker is to hold.</summary>
    /// <param name="run">The run, its cluster provisioned and its topic made.</param>
    /// <param name="config">Its configuration.</param>
    /// <param name="life">The life.</param>
    public static LoadSpec For(RunRecord run, WorkloadConfig config, LifeRecord life)
    {
        TopicRecord topic = run.Topic ?? throw new InvalidOperationException("the run has no topic yet: run.Topics.CreateAsync() comes before run.Load.InitialiseAsync()");
        TopicRecord read = run.CurrentTopics().Last();
        return new LoadSpec
        {
            RunId = run.RunId,
            Seed = unchecked((run.Spec.Seed ?? 0) + (life.Index * 7919L) + life.Epoch),
            BootstrapServers = run.Cluster!.BootstrapServers,
            Topics = [.. run.CurrentTopics().Select(t => new TopicRef(t.Name, t.Id, t.Partitions))],
            Producers = [.. Enumerable.Range(0, config.Producers).Select(i => new ProducerSpec(
                $"{life.Worker}-p{i}", FirstIncarnation(life.Attempt, life.Index, life.Epoch, i), topic.Name, TransactionalId(run, config, $"{life.Worker}-p{i}")))],
            Consumers = [.. Consumers(run, config, read, life.Index).Select(c => c with { Name = $"{life.Worker}-{c.Name}" })],
            Pipelines = [.. Enumerable.Range(0, config.Pipelines).Select(i => new PipelineSpec(
                $"{life.Worker}-t{i}",
                FirstIncarnation(life.Attempt, life.Index, life.Epoch, config.Producers + i),
                topic.Name,
                read.Name,
                Group(run) + "-pipelines",
                $"marathon-{run.RunId}-{life.Worker}-t{i}"))],
            Acks = config.RequiredAcks,
            Guarantee = config.EffectiveGuarantee,
            Transactions = new TransactionSpec
            {
                Records = config.TransactionRecords,
                Milliseconds = config.TransactionInterval.TotalMilliseconds,
                AbortShare = config.TransactionAbortShare,
                TakeOverMilliseconds = config.TransactionTakeOverEvery?.TotalMilliseconds,
                Transfers = config.TransactionTransfers,
                Reads = config.TransactionReads,
            },
            Assignment = config.Assignment,
            RecordSizeBytes = config.RecordSizeBytes,
            Compressibility = config.Compressibility,
            Keys = config.Keys,
            Compacted = TopicPolicy.IsCompacted(config),
            Compression = config.Compression,
            RatePerSecond = Share(run, config),
            ClientProperties = config.ClientProperties.AsReadOnly(),
            ProducerProperties = config.ProducerProperties.AsReadOnly(),
            ConsumerProperties = config.ConsumerProperties.AsReadOnly(),
        };
    }

    /// <summary>One worker's share of the rate in force, in records per second; null is as fast as it goes.</summary>
    public static double? Share(RunRecord run, WorkloadConfig config)
    {
        Rate rate = run.Load.Rate ?? config.RatePerSecond;
        return run.Load.Paused || run.Load.Phase == LoadPhase.Stopped ? 0 : rate.PerSecond / run.DesiredWorkers;
    }

    /// <summary>
    /// The first incarnation of one life of a producer. Lives are numbered by attempt, worker, epoch and producer in bit
    /// fields, so that each is unique within the run without anybody counting.
    /// </summary>
    public static long FirstIncarnation(int attempt, int worker, int epoch, int producer)
    {
        const int producerBits = 10, epochBits = 14, workerBits = 17;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(producer, 1 << producerBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(epoch, 1 << epochBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(worker, 1 << workerBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(attempt, 1 << 5);
        long life = ((((((long)attempt << workerBits) | (uint)worker) << epochBits) | (uint)epoch) << producerBits) | (uint)producer;
        return life * ProducerSpec.IncarnationsPerLife;
    }

    // A member that an earlier attempt left behind must not hold up the group of this one.
    private static string Group(RunRecord run) => $"marathon-{run.RunId}" + (run.Attempt > 1 ? $"-{run.Attempt}" : "");

    /// <summary>The same for every life of a producer: a replacement takes it over, and so fences the one before.</summary>
    private static string? TransactionalId(RunRecord run, WorkloadConfig config, string producer) =>
        config.EffectiveGuarantee == Guarantee.ExactlyOnce ? $"marathon-{run.RunId}-{producer}" : null;

    /// <summary>The incarnations that were given out, each the first of its block.</summary>
    public static IEnumerable<long> FirstIncarnations(RunRecord run, WorkloadConfig config, int attempt) =>
        from life in run.Workers
        where life.Attempt == attempt
        from producer in Enumerable.Range(0, config.Producers + config.Pipelines)
        select FirstIncarnation(attempt, life.Index, life.Epoch, producer);

    /// <summary>The partitions that a worker is to read with assign.</summary>
    public static IEnumerable<int> PartitionsOf(RunRecord run, WorkloadConfig config, TopicRecord topic, int worker) =>
        Consumers(run, config, topic, worker).SelectMany(c => c.Partitions);

    private static IEnumerable<ConsumerSpec> Consumers(RunRecord run, WorkloadConfig config, TopicRecord topic, int worker)
    {
        // Whatever becomes of the fleet's size: partitions stay with the workers that were there first.
        int consumers = run.Spec.Workers * config.Consumers;
        for (int i = 0; i < config.Consumers; i++)
        {
            int own = (worker * config.Consumers) + i;
            int[] partitions = config.Assignment == Assignment.Subscribe ? [] : [.. Enumerable.Range(0, topic.Partitions).Where(p => p % consumers == own)];
            if (config.Assignment == Assignment.Subscribe || partitions.Length > 0)
            {
                yield return new ConsumerSpec($"c{i}", topic.Name, Group(run), partitions);
            }
        }
    }
}
