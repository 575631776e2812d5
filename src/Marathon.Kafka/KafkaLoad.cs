using Confluent.Kafka;
using Marathon.Kafka.Admin;
using Marathon.Kafka.Consuming;
using Marathon.Kafka.Producing;
using Marathon.Kafka.Threading;
using Marathon.Kafka.Transforming;
using Marathon.Verification;
using Marathon.Workers;
using Marathon.Workers.Load;
using Microsoft.Extensions.Logging;

namespace Marathon.Kafka;

/// <summary>Producers and consumers of Kafka records that carry their own proof.</summary>
public sealed class KafkaLoad(TimeProvider clock, ILogger logger) : ILoad
{
    /// <summary>Its name in <see cref="LoadSpec.Kind"/>.</summary>
    public const string Kind = "kafka";

    /// <summary>Off only to measure what it costs that consumers verify what they read: a run without it proves nothing.</summary>
    public bool Verifies { get; init; } = true;

    private static readonly TimeSpan s_joinWithin = TimeSpan.FromSeconds(10);
    private readonly List<KafkaProducer> _producers = [];
    private readonly List<KafkaConsumer> _consumers = [];
    private readonly List<KafkaPipeline> _pipelines = [];
    private readonly LoadLatency _latency = new();
    private IReadOnlyList<IReadOnlyDictionary<int, long>> _cutOffsets = [];
    private bool _started, _consumptionPaused;

    /// <summary>Loads the client library, which the first client would wait for.</summary>
    public static void LoadLibrary() => _ = Library.Version;

    /// <inheritdoc/>
    public async Task InitialiseAsync(LoadSpec spec, CancellationToken cancellationToken)
    {
        LoadSpecCheck.Refuse(spec);
        try
        {
            // Clients first: a property that the library refuses is the spec's fault, whatever the cluster does.
            foreach (var producer in spec.Producers)
                _producers.Add(new KafkaProducer(spec, producer, new LoadClock(clock), logger));

            // Producers connect while the cluster is asked where its topics begin: the fleet waits for a replacement.
            var asking = OriginsAsync(spec, cancellationToken);
            await Task.WhenAll(asking, Task.Run(() => _producers.ForEach(producer => producer.WarmUp()), cancellationToken));
            var origins = await asking;
            var resume = spec.ResumeFrom is { } json ? EvidenceJson.Read(System.Text.Encoding.UTF8.GetBytes(json.GetRawText())) : null;
            foreach (var consumer in spec.Consumers)
            {
                _consumers.Add(new KafkaConsumer(
                    spec, consumer, origins[consumer.Topic], resume?.Consumers.FirstOrDefault(earlier => earlier.Name == consumer.Name), new LoadClock(clock), logger, Verifies));
            }

            foreach (var pipeline in spec.Pipelines)
            {
                _pipelines.Add(new KafkaPipeline(
                    spec, pipeline, origins[pipeline.From], resume?.Consumers.FirstOrDefault(earlier => earlier.Name == pipeline.Name), new LoadClock(clock), logger));
            }

            var reads = _producers.Select(producer => producer.Reads).OfType<TransactionReads>().ToList();
            _consumers.ForEach(consumer => consumer.Reads = reads);
            await Task.Run(() => _pipelines.ForEach(pipeline => pipeline.WarmUp()), cancellationToken);
            _producers.ForEach(producer => producer.Begin());
            _pipelines.ForEach(pipeline => pipeline.Begin());
            _consumers.ForEach(consumer => consumer.Begin());
            await JoinAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is ClusterUnreachableException or KafkaAdminException or KafkaException)
        {
            throw new LoadException(failure.Message, failure);
        }
        catch (EvidenceFormatException wrong)
        {
            throw new Configuration.SpecException($"resumeFrom{wrong.Field.TrimStart('$')}", wrong.Problem, "send the checkpoint as the worker stored it");
        }
    }

    /// <inheritdoc/>
    public async Task StartAsync()
    {
        _started = true;
        if (!_consumptionPaused)
            await ResumeConsumptionAsync();
        await Task.WhenAll(_producers.Select(producer => producer.StartAsync()));
    }

    /// <inheritdoc/>
    public Task ChangeThroughputAsync(double? ratePerSecond) =>
        Task.WhenAll(_producers.Select(producer => producer.ChangeRateAsync(ratePerSecond / _producers.Count)));

    /// <inheritdoc/>
    public Task PauseConsumptionAsync()
    {
        _consumptionPaused = true;
        return Task.WhenAll(_consumers.Select(consumer => consumer.PauseAsync(true)));
    }

    /// <inheritdoc/>
    public Task ResumeConsumptionAsync()
    {
        _consumptionPaused = false;
        return _started ? Task.WhenAll(_consumers.Select(consumer => consumer.PauseAsync(false))) : Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task BeginMeasurementAsync()
    {
        var producers = await Task.WhenAll(_producers.Select(producer => producer.SnapshotAsync()));
        var consumers = await Task.WhenAll(_consumers.Select(consumer => consumer.LatencyAsync()));
        _latency.Begin(LoadLatency.Merge(producers.Select(known => known.Latency)), LoadLatency.Merge(consumers));
    }

    /// <inheritdoc/>
    public Task StopProducingAsync(TimeSpan flush, CancellationToken cancellationToken) =>
        Task.WhenAll(_producers.Select(producer => producer.FinishAsync(flush))).WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task StopConsumingAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_pipelines.Select(pipeline => pipeline.FinishAsync())).WaitAsync(cancellationToken);
        await Task.WhenAll(_consumers.Select(consumer => consumer.FinishAsync())).WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<LoadEvidence> CutAsync(CancellationToken cancellationToken)
    {
        var producers = await Task.WhenAll(_producers.Select(producer => producer.SnapshotAsync())).WaitAsync(cancellationToken);
        var consumers = await Task.WhenAll(_consumers.Select(consumer => consumer.CutAsync())).WaitAsync(cancellationToken);
        var pipelines = await Task.WhenAll(_pipelines.Select(pipeline => pipeline.CutAsync())).WaitAsync(cancellationToken);
        _cutOffsets = [.. consumers.Select(known => known.Offsets)];
        return new LoadEvidence
        {
            Producers = [.. producers.Concat(pipelines.Select(known => known.Written)).SelectMany(known => known.Evidence)],
            Consumers = [.. consumers.Concat(pipelines.Select(known => known.Read)).Select(known => known.Evidence)],
            PublishLatency = _latency.PublishSinceBegin(LoadLatency.Merge(producers.Select(known => known.Latency))),
            EndToEndLatency = _latency.EndToEndSinceBegin(LoadLatency.Merge(consumers.Select(known => known.Latency))),
            Anomalies = [.. consumers.SelectMany(known => known.Anomalies)],
        };
    }

    /// <inheritdoc/>
    public Task StoredAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_consumers.Zip(_cutOffsets, (consumer, offsets) => consumer.ConfirmAsync(offsets))).WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public LoadStatus Status()
    {
        var pipelines = _pipelines.ConvertAll(pipeline => pipeline.Status);
        List<ProducerStatus> producers = [.. _producers.Select(producer => producer.Status), .. pipelines.Select(status => status.Writes)];
        List<ConsumerStatus> consumers = [.. _consumers.Select(consumer => consumer.Status), .. pipelines.Select(status => status.Reads)];
        return new LoadStatus(
            new LoadCounters
            {
                Scheduled = producers.Sum(status => status.Scheduled),
                Sent = producers.Sum(status => status.Sent),
                Acked = producers.Sum(status => status.Acknowledged),
                Failed = producers.Sum(status => status.Failed),
                Indeterminate = producers.Sum(status => status.Indeterminate),
                BytesAcked = producers.Sum(status => status.BytesAcknowledged),
                Received = consumers.Sum(status => status.Received),
                BytesReceived = consumers.Sum(status => status.Bytes),
                Anomalies = consumers.SelectMany(status => status.Anomalies).GroupBy(pair => pair.Key).ToDictionary(kind => kind.Key, kind => kind.Sum(pair => pair.Value)),
            },
            _latency.Sample(producers.Select(status => status.Latency), consumers.Select(status => status.Latency)),
            [.. consumers.SelectMany(status => status.Positions)],
            Clients.Select(client => client.Error).FirstOrDefault(error => error is not null));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Clients.Select(client => Task.Run(async () => await client.DisposeAsync())));
    }

    private IEnumerable<ClientThread> Clients => [.. _producers, .. _consumers, .. _pipelines];

    /// <summary>Where each topic that is read begins, by topic and partition.</summary>
    private async Task<Dictionary<string, IReadOnlyDictionary<int, long>>> OriginsAsync(LoadSpec spec, CancellationToken cancellationToken)
    {
        using var admin = new KafkaAdmin(spec.BootstrapServers, spec.ClientProperties, logger, clock);
        await admin.DescribeClusterAsync(cancellationToken);
        var origins = new Dictionary<string, IReadOnlyDictionary<int, long>>();
        foreach (var topic in spec.Topics)
        {
            var partitions = await admin.DescribeTopicAsync(topic.Name, cancellationToken, exists: true);
            if (partitions.Count != topic.Partitions)
                throw new LoadException($"topic {topic.Name} has {partitions.Count} partitions, the spec says {topic.Partitions}");
            if (spec.Consumers.Any(consumer => consumer.Topic == topic.Name) || spec.Pipelines.Any(pipeline => pipeline.From == topic.Name))
                origins[topic.Name] = await admin.ListOffsetsAsync(topic.Name, Enumerable.Range(0, topic.Partitions), OffsetAt.Earliest, cancellationToken);
        }

        return origins;
    }

    /// <summary>A member that gets no partition, for there are more members than partitions, is no reason to fail.</summary>
    private async Task JoinAsync(CancellationToken cancellationToken)
    {
        var joined = Task.WhenAll(_consumers.Select(consumer => consumer.Joined));
        await Task.WhenAny(joined, Task.Delay(s_joinWithin, clock, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        if (_consumers.Select(consumer => consumer.Error).FirstOrDefault(error => error is not null) is { } error)
            throw new LoadException(error);
    }
}
