using Marathon.Kafka.Admin;
using Marathon.Workers.Load;

namespace Marathon.Worker.Tests;

/// <summary>Load specs for tests, and the topics that they need.</summary>
internal static class Loads
{
    private static int s_number;

    public static LoadSpec On(string bootstrapServers, string topic) => new()
    {
        RunId = "run-1",
        BootstrapServers = bootstrapServers,
        Topics = [new TopicRef(topic, 1, 4)],
        Producers = [new ProducerSpec("w0-p0", ProducerSpec.IncarnationsPerLife, topic)],
        Consumers = [new ConsumerSpec("w0-c0", topic, "group-" + topic, [0, 1, 2, 3])],
        RatePerSecond = 2000,
        RecordSizeBytes = 256,
    };

    public static async Task<LoadSpec> WithTopicAsync(string bootstrapServers)
    {
        var spec = On(bootstrapServers, $"topic-{Interlocked.Increment(ref s_number)}");
        using var admin = new KafkaAdmin(bootstrapServers);
        await admin.CreateTopicAsync(new TopicRequest(spec.Topics[0].Name, 4, 3, new Dictionary<string, string>()), CancellationToken.None);
        await admin.WaitForLeadersAsync(spec.Topics[0].Name, 4, TimeSpan.FromSeconds(30), CancellationToken.None);
        return spec;
    }
}
