using Marathon.Testbed.Cluster;
using Marathon.Testbed.Groups;
using Marathon.Testbed.Lies.Groups;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.OffsetFetch;

internal sealed class OffsetFetchHandler() : ApiHandler<OffsetFetchRequest>(ApiKey.OffsetFetch)
{
    protected override ValueTask<IMessage> HandleAsync(OffsetFetchRequest request, RequestContext context, CancellationToken cancel) =>
        ValueTask.FromResult<IMessage>(new OffsetFetchResponse
        {
            Groups = request.Groups.ConvertAll(group => Answer(group, request.RequireStable, context)),
        });

    private static OffsetFetchResponse.Group Answer(OffsetFetchRequest.Group wanted, bool requireStable, RequestContext context)
    {
        var answer = new OffsetFetchResponse.Group { GroupId = wanted.GroupId };
        answer.Error = context.Broker.Groups.Find(wanted.GroupId, out Group? group);
        if (answer.Error != ErrorCode.None)
        {
            if (context.Version < 2)
                answer.Topics = Failed(wanted, answer.Error);
            return answer;
        }

        var regression = context.Broker.Cluster.Lies.Find<CommitRegression>();
        answer.Topics = wanted.Topics is null ? Everything(group, requireStable, regression) : wanted.Topics.ConvertAll(topic => new OffsetFetchResponse.Topic
        {
            Name = topic.Name,
            Partitions = topic.Partitions.ConvertAll(index => Answer(new TopicPartition(topic.Name, index), group, requireStable, regression)),
        });
        return answer;
    }

    private static List<OffsetFetchResponse.Topic> Everything(Group? group, bool requireStable, CommitRegression? regression) =>
    [
        .. (group?.Offsets() ?? []).GroupBy(offset => offset.Key.Topic).Select(topic => new OffsetFetchResponse.Topic
        {
            Name = topic.Key,
            Partitions = [.. topic.Select(offset => Answer(offset.Key, group, requireStable, regression))],
        }),
    ];

    private static List<OffsetFetchResponse.Topic> Failed(OffsetFetchRequest.Group wanted, ErrorCode error) =>
        (wanted.Topics ?? []).ConvertAll(topic => new OffsetFetchResponse.Topic
        {
            Name = topic.Name,
            Partitions = topic.Partitions.ConvertAll(index => new OffsetFetchResponse.Partition { Index = index, Error = error }),
        });

    private static OffsetFetchResponse.Partition Answer(TopicPartition key, Group? group, bool requireStable, CommitRegression? regression)
    {
        if (requireStable && group?.HasPending(key) == true)
            return new OffsetFetchResponse.Partition { Index = key.Partition, Error = ErrorCode.UnstableOffsetCommit };
        return group?.Offset(key) is { } offset
            ? new OffsetFetchResponse.Partition
            {
                Index = key.Partition,
                CommittedOffset = regression?.Fetched(group.Id, key, offset.Offset) ?? offset.Offset,
                LeaderEpoch = offset.LeaderEpoch,
                Metadata = offset.Metadata,
            }
            : new OffsetFetchResponse.Partition { Index = key.Partition };
    }
}
