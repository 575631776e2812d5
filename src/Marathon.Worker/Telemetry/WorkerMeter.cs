using System.Diagnostics.Metrics;
using Marathon.Worker.Reporting;
using Marathon.Workers;

namespace Marathon.Worker.Telemetry;

/// <summary>The worker's counters as metrics, read from its newest heartbeat; names by OpenTelemetry's semantic conventions.</summary>
public sealed class WorkerMeter : IDisposable
{
    private static readonly KeyValuePair<string, object?> s_system = new("messaging.system", "kafka");
    private readonly Meter _meter = new(WorkerTelemetry.Name);
    private readonly HeartbeatLoop _heartbeats;

    public WorkerMeter(HeartbeatLoop heartbeats)
    {
        _heartbeats = heartbeats;
        _meter.CreateObservableCounter("messaging.client.sent.messages", Sent, "{message}", "Records handed to the client, by what became of them");
        _meter.CreateObservableCounter("messaging.client.consumed.messages", () => Count(counters => counters.Received), "{message}", "Records read");
        _meter.CreateObservableCounter("marathon.load.scheduled", () => Count(counters => counters.Scheduled), "{message}", "Records that the open-loop schedule has called for");
        _meter.CreateObservableCounter("marathon.anomalies", Anomalies, "{anomaly}", "Anomalies seen in the stream, by kind");
        _meter.CreateObservableGauge("marathon.consumer.lag", Lag, "{message}", "Offsets between positions and high watermarks");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Sent()
    {
        if (_heartbeats.Latest?.Counters is not { } counters)
            yield break;
        yield return Outcome(counters.Acked, "acknowledged");
        yield return Outcome(counters.Failed, "failed");
        yield return Outcome(counters.Indeterminate, "indeterminate");
    }

    private IEnumerable<Measurement<long>> Count(Func<LoadCounters, long> count) =>
        _heartbeats.Latest?.Counters is { } counters ? [new Measurement<long>(count(counters), s_system)] : [];

    private IEnumerable<Measurement<long>> Anomalies() => _heartbeats.Latest?.Counters.Anomalies
        .Select(anomaly => new Measurement<long>(anomaly.Value, new KeyValuePair<string, object?>("marathon.anomaly.kind", anomaly.Key))) ?? [];

    private IEnumerable<Measurement<long>> Lag() => _heartbeats.Latest?.Positions
        .Where(position => position.HighWatermark >= 0)
        .Select(position => new Measurement<long>(
            Math.Max(0, position.HighWatermark - position.NextOffset),
            s_system,
            new("messaging.destination.name", position.Topic),
            new("messaging.destination.partition.id", position.Partition.ToString(System.Globalization.CultureInfo.InvariantCulture)))) ?? [];

    private static Measurement<long> Outcome(long count, string outcome) => new(count, s_system, new("marathon.send.outcome", outcome));
}
