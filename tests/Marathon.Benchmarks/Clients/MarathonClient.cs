using System.Globalization;
using Marathon.Kafka;
using Marathon.Workers.Load;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Benchmarks.Clients;

/// <summary>Marathon's own clients, in a process of their own; prints records, seconds, and microseconds of processor time for each once warm.</summary>
internal static class MarathonClient
{
    public static async Task<int> RunAsync(string what, Workload work)
    {
        var (records, seconds, cpuEach) = what switch
        {
            "produce" => await LoadAsync(work.Producing(), load => load.Status().Counters.Acked, work.Records),
            "consume" => await LoadAsync(work.Consuming(), load => load.Status().Counters.Received, work.Records),
            "consume-unchecked" => await LoadAsync(work.Consuming(), load => load.Status().Counters.Received, work.Records, verifies: false),
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, "produce, consume or consume-unchecked"),
        };
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{records} {seconds:0.000} {cpuEach:0.000}"));
        return 0;
    }

    private static async Task<(long Records, double Seconds, double WarmCpuMicrosecondsEach)> LoadAsync(
        LoadSpec spec, Func<KafkaLoad, long> count, long wanted, bool verifies = true)
    {
        await using var load = new KafkaLoad(TimeProvider.System, NullLogger.Instance) { Verifies = verifies };
        await load.InitialiseAsync(spec, CancellationToken.None);
        var started = TimeProvider.System.GetTimestamp();
        await load.StartAsync();
        // Until then the runtime compiles what it finds to be hot: a cost of a process, not of a record.
        await UntilAsync(wanted / 2);
        var (warmRecords, warmCpu) = (count(load), Environment.CpuUsage.TotalTime);
        await UntilAsync(wanted);

        if (spec.Producers.Count > 0)
            await load.StopProducingAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
        await load.CutAsync(CancellationToken.None);
        var (seconds, cpu) = (TimeProvider.System.GetElapsedTime(started).TotalSeconds, Environment.CpuUsage.TotalTime - warmCpu);
        if (load.Status().Counters is { Anomalies.Count: > 0 } counters)
            throw new InvalidOperationException($"anomalies: {string.Join(", ", counters.Anomalies.Keys)}");
        return (count(load), seconds, cpu.TotalMicroseconds / Math.Max(1, count(load) - warmRecords));

        async Task UntilAsync(long records)
        {
            while (count(load) < records)
            {
                if (load.Status().Error is { } error)
                    throw new InvalidOperationException(error);
                await Task.Delay(50);
            }
        }
    }
}
