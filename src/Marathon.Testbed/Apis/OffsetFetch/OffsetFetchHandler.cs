using Marathon.Testbed.Cluster;
using Marathon.Testbed.Groups;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.OffsetFetch;

internal sealed class OffsetFetchHandler() : ApiHandler<OffsetFetchRequest>(ApiKey.OffsetFetch)
{
    protected override ValueTask<IMessage> HandleAsync(OffsetFetchRequest request, RequestContext context, CancellationToken cancel) =>
        ValueTask.FromResult<IMessage>(new OffsetFetchResponse
        {
            Groups = request.Groups.ConvertAll(group => Answer(group, context)),
        });

    private static OffsetFetchResponse.Group Answer(OffsetFetchRequest.Group wanted, RequestContext context)
    {
        var answer = new OffsetFetchResponse.Group { GroupId = wanted.GroupId };
        answer.Error = context.Broker.Groups.Find(wanted.GroupId, out Group? group);
        if (answer.Error != ErrorCode.None)
        {
            if (context.Version < 2)
                answer.Topics = Failed(wanted, answer.Error);
            return answer;
        }

        answer.Topics = wanted.Topics is null ? Everything(group) : wanted.Topics.ConvertAll(topic => new OffsetFetchResponse.Topic
        {
            Name = topic.Name,
            Partitions = topic.Partitions.ConvertAll(index => Answer(index, group?.Offset(new TopicPartition(topic.Name, index)))),
        });
        return answer;
    }

    private static List<OffsetFetchResponse.Topic> Everything(Group? group) =>
    [
        .. (group?.Offsets() ?? []).GroupBy(offset => offset.Key.Topic).Select(topic => new OffsetFetchResponse.Topic
        {
            Name = topic.Key,
            Partitions = [.. topic.Select(offset => Answer(offset.Key.Partition, offset.Value))],
        }),
    ];

    private static List<OffsetFetchResponse.Topic> Failed(OffsetFetchRequest.Group wanted, ErrorCode error) =>
        (wanted.Topics ?? []).ConvertAll(topic => new OffsetFetchResponse.Topic
        {
            Name = topic.Name,
            Partitions = topic.Partitions.ConvertAll(index => new OffsetFetchResponse.Partition { Index = index, Error = error }),
        });

    private static OffsetFetchResponse.Partition Answer(int index, CommittedOffset? offset) => offset is null
        ? new OffsetFetchResponse.Partition { Index = index }
        : new OffsetFetchResponse.Partition
        {
            Index = index,
            CommittedOffset = offset.Offset,
            LeaderEpoch = offset.LeaderEpoch,
            Metadata = offset.Metadata,
        };
}
