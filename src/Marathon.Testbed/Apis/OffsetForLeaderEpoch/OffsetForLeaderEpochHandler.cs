using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.OffsetForLeaderEpoch;

internal sealed class OffsetForLeaderEpochHandler() : ApiHandler<OffsetForLeaderEpochRequest>(ApiKey.OffsetForLeaderEpoch)
{
    protected override ValueTask<IMessage> HandleAsync(OffsetForLeaderEpochRequest request, RequestContext context, CancellationToken cancel) =>
        ValueTask.FromResult<IMessage>(new OffsetForLeaderEpochResponse
        {
            Topics = request.Topics.ConvertAll(topic => new OffsetForLeaderEpochResponse.Topic
            {
                Name = topic.Name,
                Partitions = topic.Partitions.ConvertAll(partition => Answer(topic.Name, partition, context)),
            }),
        });

    private static OffsetForLeaderEpochResponse.Partition Answer(
        string topic, OffsetForLeaderEpochRequest.Partition wanted, RequestContext context)
    {
        var answer = new OffsetForLeaderEpochResponse.Partition { Index = wanted.Index };
        if (context.Broker.Replicas.Find(topic, wanted.Index) is not { } replica)
        {
            var exists = context.Image.Topic(topic)?.Partition(wanted.Index) is not null;
            answer.Error = exists ? ErrorCode.NotLeaderOrFollower : ErrorCode.UnknownTopicOrPartition;
            return answer;
        }

        answer.Error = replica.OffsetForEpoch(wanted.CurrentLeaderEpoch, wanted.LeaderEpoch, out var end);
        (answer.LeaderEpoch, answer.EndOffset) = end;
        return answer;
    }
}
