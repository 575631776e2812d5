using Marathon.Kafka.Admin;
using Marathon.Workers.Load;

namespace Marathon.Kafka.Tests;

/// <summary>Load specs for tests, and the topics that they need.</summary>
internal static class Loads
{
    private static int s_number;

    public static async Task<LoadSpec> WithTopicAsync(string bootstrapServers, int partitions = 4, int replication = 1, params (string Name, string Value)[] config)
    {
        var number = Interlocked.Increment(ref s_number);
        var topic = new TopicRef($"topic-{Environment.ProcessId}-{number}", 1, partitions);
        using var admin = new KafkaAdmin(bootstrapServers);
        await admin.CreateTopicAsync(new TopicRequest(topic.Name, partitions, replication, config.ToDictionary(each => each.Name, each => each.Value)), CancellationToken.None);
        await admin.WaitForLeadersAsync(topic.Name, partitions, TimeSpan.FromSeconds(30), CancellationToken.None);
        return new LoadSpec
        {
            RunId = $"run-{number}",
            Seed = number,
            BootstrapServers = bootstrapServers,
            Topics = [topic],
            Producers = [new ProducerSpec("w0-p0", ProducerSpec.IncarnationsPerLife, topic.Name)],
            Consumers = [new ConsumerSpec("w0-c0", topic.Name, $"group-{number}", [.. Enumerable.Range(0, partitions)])],
            RatePerSecond = 2000,
            RecordSizeBytes = 256,
        };
    }
}
