using Marathon.Testbed.Control;
using Marathon.Testbed.Metadata;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.Metadata;

internal sealed class MetadataHandler() : ApiHandler<MetadataRequest>(ApiKey.Metadata)
{
    protected override async ValueTask<IMessage> HandleAsync(MetadataRequest request, RequestContext context, CancellationToken cancel)
    {
        var image = context.Image;
        var response = new MetadataResponse
        {
            ClusterId = image.ClusterId,
            ControllerId = image.ControllerId,
            Brokers = [.. image.AliveBrokers.Select(broker => new MetadataResponse.BrokerEntry
            {
                NodeId = broker.Id,
                Host = broker.Host,
                Port = broker.Port,
            })],
        };
        if (request.Topics is null || (request.Topics.Count == 0 && context.Version == 0))
        {
            response.Topics.AddRange(image.Topics.Values.Select(topic => Describe(topic, image)));
            return response;
        }

        foreach (var wanted in request.Topics)
            response.Topics.Add(await FindAsync(wanted, request.AllowAutoTopicCreation, image, context, cancel));
        return response;
    }

    private static async ValueTask<MetadataResponse.TopicEntry> FindAsync(
        MetadataRequest.Topic wanted, bool mayCreate, MetadataImage image, RequestContext context, CancellationToken cancel)
    {
        if (wanted.Name is null)
        {
            return image.Topic(wanted.TopicId) is { } byId
                ? Describe(byId, image)
                : new MetadataResponse.TopicEntry { Error = ErrorCode.UnknownTopicId, Name = null, TopicId = wanted.TopicId };
        }

        if (image.Topic(wanted.Name) is { } topic)
            return Describe(topic, image);
        var error = mayCreate && context.Broker.Options.AutoCreateTopics
            ? await TopicAutoCreation.CreateAsync(wanted.Name, context.Broker, cancel)
            : TopicName.Invalid(wanted.Name) is null ? ErrorCode.UnknownTopicOrPartition : ErrorCode.InvalidTopicException;
        return new MetadataResponse.TopicEntry { Error = error, Name = wanted.Name };
    }

    private static MetadataResponse.TopicEntry Describe(TopicImage topic, MetadataImage image) => new()
    {
        Name = topic.Name,
        TopicId = topic.Id,
        IsInternal = topic.IsInternal,
        Partitions = [.. topic.Partitions.Select(partition => Describe(partition, image))],
    };

    private static MetadataResponse.PartitionEntry Describe(PartitionImage partition, MetadataImage image) => new()
    {
        Error = image.IsAlive(partition.Leader) ? ErrorCode.None : ErrorCode.LeaderNotAvailable,
        Index = partition.Index,
        LeaderId = image.IsAlive(partition.Leader) ? partition.Leader : PartitionImage.NoLeader,
        LeaderEpoch = partition.LeaderEpoch,
        Replicas = [.. partition.Replicas],
        Isr = [.. partition.Isr],
        Offline = [.. partition.Replicas.Where(id => !image.IsAlive(id))],
    };
}
