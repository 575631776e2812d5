using Marathon.Controller.Runs;
using Marathon.Controller.Topics;
using Marathon.Kafka.Admin;
using Marathon.Kafka.Rereading;
using Marathon.Scenarios;
using Marathon.Verification;
using Microsoft.Extensions.Logging;

namespace Marathon.Controller.Evidence;

/// <summary>Reads again through the Kafka protocol.</summary>
public sealed class KafkaRangeRereader(ScenarioCatalog catalog, TimeProvider time, ILogger<KafkaRangeRereader> logger) : IRangeRereader
{
    /// <inheritdoc/>
    public async Task<RangeReread> ReadAsync(
        RunRecord run, ClusterAddress cluster, int topicId, RereadRequest range, string reader, TimeSpan within, CancellationToken cancellationToken)
    {
        WorkloadConfig config = catalog.Get(run.Spec.Scenario).Bind(run.Spec);

        // As those who read it first, or the two readings could not be compared.
        const Isolation isolation = Isolation.ReadCommitted;
        try
        {
            RangeReading reading = await new RangeReader(cluster.BootstrapServers, cluster.ClientProperties, time, logger, TopicPolicy.IsCompacted(config))
                .ReadAsync(run.RunId, topicId, range, isolation, reader, within, cancellationToken);
            WorkerEvidence evidence = new()
            {
                Run = run.RunId,
                Worker = reader,
                Epoch = 1,
                Number = 1,
                At = time.GetUtcNow(),
                Final = true,
                Consumers = [reading.Evidence],
            };
            return new RangeReread(evidence, reading.GoOnAt, reading.Withheld);
        }
        catch (Exception error) when (error is ClusterUnreachableException or KafkaAdminException)
        {
            throw new ClusterUnansweredException(error.Message, error);
        }
    }
}
