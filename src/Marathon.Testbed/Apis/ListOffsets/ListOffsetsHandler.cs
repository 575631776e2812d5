using Marathon.Testbed.Protocol;
using Marathon.Testbed.Replication;

namespace Marathon.Testbed.Apis.ListOffsets;

internal sealed class ListOffsetsHandler() : ApiHandler<ListOffsetsRequest>(ApiKey.ListOffsets)
{
    protected override ValueTask<IMessage> HandleAsync(ListOffsetsRequest request, RequestContext context, CancellationToken cancel)
    {
        var response = new ListOffsetsResponse();
        foreach (var topic in request.Topics)
        {
            response.Topics.Add(new ListOffsetsResponse.Topic
            {
                Name = topic.Name,
                Partitions = topic.Partitions.ConvertAll(p => Answer(topic.Name, p, request.IsolationLevel == 1, context)),
            });
        }

        return ValueTask.FromResult<IMessage>(response);
    }

    private static ListOffsetsResponse.Partition Answer(
        string topic, ListOffsetsRequest.Partition wanted, bool committed, RequestContext context)
    {
        var answer = new ListOffsetsResponse.Partition { Index = wanted.Index };
        if (context.Broker.Replicas.Find(topic, wanted.Index) is not { } replica)
        {
            var exists = context.Image.Topic(topic)?.Partition(wanted.Index) is not null;
            answer.Error = exists ? ErrorCode.NotLeaderOrFollower : ErrorCode.UnknownTopicOrPartition;
            return answer;
        }

        Look(replica, wanted, committed, answer);
        if (answer.Error == ErrorCode.OffsetNotAvailable && context.Version < 5)
            answer.Error = ErrorCode.LeaderNotAvailable;
        if (answer.Error == ErrorCode.None)
            answer.Offset = context.Broker.Cluster.Lies.Offset(replica.Partition, wanted.Timestamp, answer.Offset);
        else
            (answer.Offset, answer.Timestamp, answer.LeaderEpoch) = (-1, -1, -1);
        return answer;
    }

    private static void Look(Replica replica, ListOffsetsRequest.Partition wanted, bool committed, ListOffsetsResponse.Partition answer)
    {
        long offset = -1;
        var epoch = -1;
        switch (wanted.Timestamp)
        {
            case ListOffsetsRequest.Latest:
                answer.Error = replica.EndOffset(wanted.CurrentLeaderEpoch, committed, out offset, out epoch);
                break;
            case ListOffsetsRequest.Earliest or ListOffsetsRequest.EarliestLocal:
                answer.Error = replica.StartOffset(wanted.CurrentLeaderEpoch, out offset, out epoch);
                break;
            case ListOffsetsRequest.LatestTiered:
                break;
            default:
                answer.Error = replica.OffsetForTime(wanted.CurrentLeaderEpoch, wanted.Timestamp, committed, out var found);
                if (found is { } record)
                    (offset, answer.Timestamp, epoch) = (record.Offset, record.Timestamp, record.Epoch);
                break;
        }

        (answer.Offset, answer.LeaderEpoch) = (offset, epoch);
    }
}
