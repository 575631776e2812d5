using System.Globalization;
using Confluent.Kafka;
using Marathon.Kafka;
using Marathon.Kafka.Clients;
using Marathon.Workers.Load;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Benchmarks.Clients;

/// <summary>Marathon's own clients, in a process of their own; prints records and seconds.</summary>
internal static class MarathonClient
{
    public static async Task<int> RunAsync(string what, Workload work)
    {
        var (records, seconds) = what switch
        {
            "produce" => await LoadAsync(work.Producing(), load => load.Status().Counters.Acked, work.Records),
            "consume" => await LoadAsync(work.Consuming(), load => load.Status().Counters.Received, work.Records),
            "consume-unchecked" => Unchecked(work),
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, "produce, consume or consume-unchecked"),
        };
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{records} {seconds:0.000}"));
        return 0;
    }

    private static async Task<(long Records, double Seconds)> LoadAsync(LoadSpec spec, Func<KafkaLoad, long> count, long wanted)
    {
        await using var load = new KafkaLoad(TimeProvider.System, NullLogger.Instance);
        await load.InitialiseAsync(spec, CancellationToken.None);
        var started = TimeProvider.System.GetTimestamp();
        await load.StartAsync();
        while (count(load) < wanted)
        {
            if (load.Status().Error is { } error)
                throw new InvalidOperationException(error);
            await Task.Delay(10);
        }

        if (spec.Producers.Count > 0)
            await load.StopProducingAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
        await load.CutAsync(CancellationToken.None);
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        if (load.Status().Counters is { Anomalies.Count: > 0 } counters)
            throw new InvalidOperationException($"anomalies: {string.Join(", ", counters.Anomalies.Keys)}");
        return (count(load), seconds);
    }

    /// <summary>The same client library with the same settings, and no look at the records: the rest is what checking costs.</summary>
    private static (long Records, double Seconds) Unchecked(Workload work)
    {
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(ClientProperties.Consumer(work.Consuming(), "c", "bench")).Build();
        var started = TimeProvider.System.GetTimestamp();
        consumer.Assign(Enumerable.Range(0, Workload.Partitions).Select(partition => new TopicPartitionOffset(work.Topic, partition, 0)));
        var records = 0L;
        while (records < work.Records)
        {
            if (consumer.Consume(TimeSpan.FromMilliseconds(100)) is not null)
                records++;
        }

        return (records, TimeProvider.System.GetElapsedTime(started).TotalSeconds);
    }
}
