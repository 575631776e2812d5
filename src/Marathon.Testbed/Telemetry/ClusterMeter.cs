using System.Diagnostics.Metrics;
using Marathon.Testbed.Lies;
using Marathon.Testbed.Metadata;
using Marathon.Testbed.Protocol;
using Marathon.Testbed.Storage;

namespace Marathon.Testbed.Telemetry;

/// <summary>
/// The cluster's metrics, under the meter <c>Marathon.Testbed</c>; names and units are those by which OpenTelemetry's collectors
/// know the metrics of Kafka brokers, and <c>marathon.*</c> for what they do not know.
/// </summary>
internal sealed class ClusterMeter : IDisposable
{
    public const string Name = "Marathon.Testbed";

    private static readonly KeyValuePair<string, object?> In = new("state", "in");
    private static readonly KeyValuePair<string, object?> Out = new("state", "out");

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _messages;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _bytes;

    public ClusterMeter(Func<MetadataImage> image, ChunkStore chunks, LieSet lies)
    {
        _messages = _meter.CreateCounter<long>("kafka.message.count", "{message}", "Records received from producers");
        _requests = _meter.CreateCounter<long>("kafka.request.count", "{request}", "Requests received, by type");
        _failed = _meter.CreateCounter<long>("kafka.request.failed", "{request}", "Requests that ended their connection, by type");
        _bytes = _meter.CreateCounter<long>("kafka.network.io", "By", "Bytes of record batches received from producers and given to consumers");
        _meter.CreateObservableGauge("kafka.partition.count", () => Partitions(image()).Count(), "{partition}", "Partitions");
        _meter.CreateObservableGauge(
            "kafka.partition.under_replicated", () => Partitions(image()).Count(partition => partition.Isr.Length < partition.Replicas.Length),
            "{partition}", "Partitions with fewer replicas in sync than they have");
        _meter.CreateObservableGauge(
            "kafka.partition.offline", () => Partitions(image()).Count(partition => !partition.HasLeader), "{partition}", "Partitions without a leader");
        _meter.CreateObservableGauge("marathon.testbed.log.memory", () => chunks.MemoryBytes, "By", "Memory of all logs");
        _meter.CreateObservableGauge("marathon.testbed.log.spilled", () => chunks.SpilledBytes, "By", "Bytes of logs that are in files");
        _meter.CreateObservableCounter(
            "marathon.testbed.lies",
            () => lies.Reports.Select(lie => new Measurement<long>(lie.Committed, new KeyValuePair<string, object?>("marathon.anomaly.kind", lie.Kind))),
            "{lie}",
            "Lies told, by kind");
    }

    public void Request(ApiKey key) => _requests.Add(1, new KeyValuePair<string, object?>("type", key));

    public void RequestFailed(ApiKey key) => _failed.Add(1, new KeyValuePair<string, object?>("type", key));

    public void Received(int records, int bytes)
    {
        _messages.Add(records);
        _bytes.Add(bytes, In);
    }

    public void Given(int bytes) => _bytes.Add(bytes, Out);

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<PartitionImage> Partitions(MetadataImage image) => image.Topics.Values.SelectMany(topic => topic.Partitions);
}
