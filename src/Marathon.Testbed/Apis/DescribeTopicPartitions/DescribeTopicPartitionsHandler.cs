using Marathon.Testbed.Metadata;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DescribeTopicPartitions;

/// <summary>Topics in the order of their names, a page of partitions at a time (KIP-966).</summary>
internal sealed class DescribeTopicPartitionsHandler() : ApiHandler<DescribeTopicPartitionsRequest>(ApiKey.DescribeTopicPartitions)
{
    private const int MaxPartitions = 2000;

    protected override ValueTask<IMessage> HandleAsync(DescribeTopicPartitionsRequest request, RequestContext context, CancellationToken cancel)
    {
        var image = context.Image;
        var names = request.Topics.Count == 0 ? image.Topics.Keys : request.Topics.Select(topic => topic.Name).Distinct();
        var left = Math.Clamp(request.PartitionLimit, 1, MaxPartitions);
        var response = new DescribeTopicPartitionsResponse();
        var from = request.Cursor;
        foreach (var name in names.Order(StringComparer.Ordinal).SkipWhile(name => from is not null && string.CompareOrdinal(name, from.Topic) < 0))
        {
            if (image.Topic(name) is not { } topic)
            {
                response.Topics.Add(new DescribeTopicPartitionsResponse.Topic { Error = ErrorCode.UnknownTopicOrPartition, Name = name });
                continue;
            }

            var first = from?.Topic == name ? Math.Clamp(from.Partition, 0, topic.Partitions.Length) : 0;
            var count = Math.Min(left, topic.Partitions.Length - first);
            if (count > 0)
                response.Topics.Add(Describe(topic, first, count, image));
            left -= count;
            if (first + count < topic.Partitions.Length)
            {
                response.NextCursor = new PartitionCursor { Topic = name, Partition = first + count };
                break;
            }
        }

        return ValueTask.FromResult<IMessage>(response);
    }

    private static DescribeTopicPartitionsResponse.Topic Describe(TopicImage topic, int first, int count, MetadataImage image) => new()
    {
        Name = topic.Name,
        TopicId = topic.Id,
        IsInternal = topic.IsInternal,
        Partitions = [.. topic.Partitions.Skip(first).Take(count).Select(partition => Describe(partition, image))],
    };

    private static DescribeTopicPartitionsResponse.Partition Describe(PartitionImage partition, MetadataImage image) => new()
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
