using System.Globalization;
using Marathon.Testbed.Tests.Support;

namespace Marathon.Testbed.Tests.Clients;

/// <summary>Apache Kafka's own command line tools, of each distribution at hand.</summary>
public sealed class JavaToolTests(ThreeBrokers brokers) : IClassFixture<ThreeBrokers>
{
    private const string Groups = "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand";
    private const string Topics = "org.apache.kafka.tools.TopicCommand";
    private const string Transactions = "org.apache.kafka.tools.TransactionsCommand";
    private static int _names;

    private string Bootstrap => $"--bootstrap-server {brokers.Cluster.BootstrapServers}";

    [KafkaTheory]
    [KafkaHomesData]
    public async Task TopicCommand_CreatesDescribesGrowsAndDeletes(string home)
    {
        var topic = NewName("topics");
        await Tool.JavaAsync(home, Topics, $"{Bootstrap} --create --topic {topic} --partitions 2 --config retention.ms=100000");
        var described = await Tool.JavaAsync(home, Topics, $"{Bootstrap} --describe --topic {topic}");
        Assert.Contains("PartitionCount: 2\tReplicationFactor: 3", described, StringComparison.Ordinal);
        Assert.Contains("retention.ms=100000", described, StringComparison.Ordinal);
        var folders = await Tool.JavaAsync(home, "org.apache.kafka.tools.LogDirsCommand", $"{Bootstrap} --describe --topic-list {topic}");
        Assert.Equal(6, folders.Split($"\"partition\":\"{topic}-").Length - 1);
        await Tool.JavaAsync(home, Topics, $"{Bootstrap} --alter --topic {topic} --partitions 5");
        Assert.Equal(5, brokers.Cluster.Image().Topic(topic)!.Partitions.Length);
        await Tool.JavaAsync(home, Topics, $"{Bootstrap} --delete --topic {topic}");
        Assert.Null(brokers.Cluster.Image().Topic(topic));
    }

    [KafkaTheory]
    [KafkaHomesData]
    public async Task ConsoleTools_RoundTrip_AndTheGroupIsListedResetAndDeleted(string home)
    {
        var topic = NewName("console");
        var producer = KafkaHomes.IsVersion4(home) ? "org.apache.kafka.tools.ConsoleProducer" : "kafka.tools.ConsoleProducer";
        await brokers.Cluster.CreateTopicAsync(topic, 2);
        await Tool.JavaAsync(home, producer, $"{Bootstrap} --topic {topic}", string.Concat(Enumerable.Range(0, 100).Select(i => $"{i}\n")));
        var consumed = await Tool.JavaAsync(
            home, "org.apache.kafka.tools.consumer.ConsoleConsumer", $"{Bootstrap} --topic {topic} --from-beginning --max-messages 100 --group g-{topic}");
        Assert.Equal(
            Enumerable.Range(0, 100),
            consumed.Split('\n').Where(line => int.TryParse(line, out _)).Select(line => int.Parse(line, CultureInfo.InvariantCulture)).Order());

        Assert.Contains($"g-{topic}", await Tool.JavaAsync(home, Groups, $"{Bootstrap} --list"), StringComparison.Ordinal);
        var described = await Tool.JavaAsync(home, Groups, $"{Bootstrap} --describe --group g-{topic}");
        Assert.Equal(100, CommittedOf(described, topic));
        await Tool.JavaAsync(home, Groups, $"{Bootstrap} --reset-offsets --group g-{topic} --topic {topic} --to-earliest --execute");
        Assert.Equal(0, CommittedOf(await Tool.JavaAsync(home, Groups, $"{Bootstrap} --describe --group g-{topic}"), topic));
        Assert.Contains("successful", await Tool.JavaAsync(home, Groups, $"{Bootstrap} --delete --group g-{topic}"), StringComparison.Ordinal);
    }

    [KafkaTheory]
    [KafkaHomesData]
    public async Task VerifiableProducerAndConsumer_AgreeOnEveryRecord(string home)
    {
        var topic = NewName("verifiable");
        await brokers.Cluster.CreateTopicAsync(topic, 3);
        var produced = await Tool.JavaAsync(
            home, "org.apache.kafka.tools.VerifiableProducer", $"{Bootstrap} --topic {topic} --max-messages 2000 --acks -1");
        Assert.Contains("\"sent\":2000,\"acked\":2000", produced, StringComparison.Ordinal);
        var consumed = await Tool.JavaAsync(
            home, "org.apache.kafka.tools.VerifiableConsumer",
            $"{Bootstrap} --topic {topic} --group-id v-{topic} --max-messages 2000 --reset-policy earliest --verbose");
        Assert.Equal(2000, consumed.Split("\"name\":\"record_data\"").Length - 1);
    }

    [KafkaTheory]
    [KafkaHomesData]
    public async Task PerformanceTools_MoveAllRecords(string home)
    {
        var topic = NewName("performance");
        await brokers.Cluster.CreateTopicAsync(topic, 3);
        var produced = await Tool.JavaAsync(
            home, "org.apache.kafka.tools.ProducerPerformance",
            $"--topic {topic} --num-records 20000 --record-size 1024 --throughput -1 --producer-props bootstrap.servers={brokers.Cluster.BootstrapServers} acks=all compression.type=lz4");
        Assert.Contains("20000 records sent", produced, StringComparison.Ordinal);
        var count = KafkaHomes.IsVersion4(home) ? "--num-records" : "--messages";
        var consumed = await Tool.JavaAsync(
            home, "org.apache.kafka.tools.ConsumerPerformance", $"{Bootstrap} --topic {topic} {count} 20000 --group p-{topic}");
        Assert.Contains(", 20000,", consumed, StringComparison.Ordinal);
    }

    [KafkaTheory]
    [KafkaHomesData]
    public async Task TransactionalProducer_Commits_AndTheTransactionsCommandSeesIt(string home)
    {
        var topic = NewName("transactions");
        await brokers.Cluster.CreateTopicAsync(topic, 1);
        await Tool.JavaAsync(
            home, "org.apache.kafka.tools.ProducerPerformance",
            $"--topic {topic} --num-records 5000 --record-size 100 --throughput -1 --transactional-id t-{topic} --transaction-duration-ms 50 --producer-props bootstrap.servers={brokers.Cluster.BootstrapServers}");

        var listed = await Tool.JavaAsync(home, Transactions, $"{Bootstrap} list");
        Assert.Matches($@"(?m)^t-{topic}\s.*CompleteCommit", listed);
        Assert.Contains("CompleteCommit", await Tool.JavaAsync(home, Transactions, $"{Bootstrap} describe --transactional-id t-{topic}"), StringComparison.Ordinal);
        var producers = await Tool.JavaAsync(home, Transactions, $"{Bootstrap} describe-producers --topic {topic} --partition 0");
        Assert.EndsWith("None", producers.TrimEnd(), StringComparison.Ordinal);
        var consumed = await Tool.JavaAsync(
            home, "org.apache.kafka.tools.consumer.ConsoleConsumer", $"{Bootstrap} --topic {topic} --from-beginning --max-messages 5000 --isolation-level read_committed");
        Assert.Equal(5000, consumed.Split('\n').Count(line => line.Length == 100));
    }

    private static string NewName(string what) => $"{what}-{Interlocked.Increment(ref _names)}";

    private static int CommittedOf(string described, string topic) => described.Split('\n')
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(fields => fields.Length > 4 && fields[1] == topic)
        .Sum(fields => int.Parse(fields[3], CultureInfo.InvariantCulture));
}
