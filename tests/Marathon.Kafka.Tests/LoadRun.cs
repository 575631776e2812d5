using Marathon.Verification;
using Marathon.Workers.Load;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Kafka.Tests;

/// <summary>A load from its making to its end, as a worker would lead it.</summary>
internal sealed class LoadRun : IAsyncDisposable
{
    private LoadRun(KafkaLoad load, LoadSpec spec) => (Load, Spec) = (load, spec);

    public LoadSpec Spec { get; }

    public KafkaLoad Load { get; }

    public Marathon.Workers.LoadCounters Counters => Load.Status().Counters;

    public static async Task<LoadRun> StartAsync(LoadSpec spec, ILogger? logger = null)
    {
        var load = new KafkaLoad(TimeProvider.System, logger ?? NullLogger.Instance);
        await load.InitialiseAsync(spec, CancellationToken.None);
        await load.StartAsync();
        return new LoadRun(load, spec);
    }

    public Task AckedAsync(long records) => Until(() => Counters.Acked >= records, $"{records} records acknowledged");

    public Task ReceivedAsync(long records) => Until(() => Counters.Received >= records, $"{records} records read");

    public Task Until(Func<bool> condition, string what) => Eventually.Holds(condition, what, () => Load.Status().ToString());

    public Task StopProducingAsync() => Load.StopProducingAsync(TimeSpan.FromSeconds(30), CancellationToken.None);

    /// <summary>A checkpoint that the controller has stored.</summary>
    public async Task<LoadEvidence> StoredCutAsync()
    {
        var evidence = await Load.CutAsync(CancellationToken.None);
        await Load.StoredAsync(CancellationToken.None);
        return evidence;
    }

    /// <summary>Stops, reads to the end, and gives the last evidence.</summary>
    public async Task<LoadEvidence> DrainAsync()
    {
        await StopProducingAsync();
        await ReceivedAsync(Counters.Acked);
        await Load.StopConsumingAsync(CancellationToken.None);
        return await StoredCutAsync();
    }

    public ValueTask DisposeAsync() => Load.DisposeAsync();
}

/// <summary>Sums over evidence.</summary>
internal static class EvidenceSums
{
    public static long Acknowledged(this LoadEvidence evidence) =>
        evidence.Producers.SelectMany(producer => producer.Partitions).Sum(partition => partition.Acknowledged.Count);

    public static long Received(this IEnumerable<ConsumerEvidence> consumers) => consumers
        .SelectMany(consumer => consumer.Partitions)
        .SelectMany(partition => partition.Segments)
        .SelectMany(segment => segment.Streams)
        .Sum(stream => stream.Count);

    public static IEnumerable<AnomalyKind> Anomalies(this IEnumerable<ConsumerEvidence> consumers) => consumers
        .SelectMany(consumer => consumer.Partitions)
        .SelectMany(partition => partition.Anomalies.Concat(partition.Segments.SelectMany(segment => segment.Anomalies)))
        .Select(tally => tally.Kind);
}
