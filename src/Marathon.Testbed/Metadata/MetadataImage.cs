using System.Collections.Immutable;
using Marathon.Testbed.Cluster;

namespace Marathon.Testbed.Metadata;

/// <summary>The cluster's metadata at one version. A broker may hold an older one than the controller, as in a real cluster.</summary>
internal sealed record MetadataImage(
    long Version,
    string ClusterId,
    int ControllerId,
    ImmutableSortedDictionary<int, BrokerImage> Brokers,
    ImmutableSortedDictionary<string, TopicImage> Topics,
    ImmutableDictionary<Guid, string> TopicNames)
{
    public static MetadataImage Empty(string clusterId) => new(
        0,
        clusterId,
        PartitionImage.NoLeader,
        ImmutableSortedDictionary<int, BrokerImage>.Empty,
        ImmutableSortedDictionary.Create<string, TopicImage>(StringComparer.Ordinal),
        ImmutableDictionary<Guid, string>.Empty);

    public IEnumerable<BrokerImage> AliveBrokers => Brokers.Values.Where(broker => !broker.Fenced);

    public bool IsAlive(int broker) => Brokers.TryGetValue(broker, out var image) && !image.Fenced;

    public TopicImage? Topic(string name) => Topics.GetValueOrDefault(name);

    public TopicImage? Topic(Guid id) => TopicNames.TryGetValue(id, out var name) ? Topic(name) : null;

    public PartitionImage? Partition(TopicPartition partition) => Topic(partition.Topic)?.Partition(partition.Partition);

    public MetadataImage With(TopicImage topic) => this with
    {
        Topics = Topics.SetItem(topic.Name, topic),
        TopicNames = TopicNames.SetItem(topic.Id, topic.Name),
    };

    public MetadataImage Without(TopicImage topic) => this with
    {
        Topics = Topics.Remove(topic.Name),
        TopicNames = TopicNames.Remove(topic.Id),
    };

    public MetadataImage With(BrokerImage broker) => this with { Brokers = Brokers.SetItem(broker.Id, broker) };
}
