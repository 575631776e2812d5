using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DeleteRecords;

internal sealed class DeleteRecordsHandler() : ApiHandler<DeleteRecordsRequest>(ApiKey.DeleteRecords)
{
    protected override ValueTask<IMessage> HandleAsync(DeleteRecordsRequest request, RequestContext context, CancellationToken cancel) =>
        ValueTask.FromResult<IMessage>(new DeleteRecordsResponse
        {
            Topics = request.Topics.ConvertAll(topic => new DeleteRecordsResponse.Topic
            {
                Name = topic.Name,
                Partitions = topic.Partitions.ConvertAll(partition => Delete(topic.Name, partition, context)),
            }),
        });

    private static DeleteRecordsResponse.Partition Delete(string topic, DeleteRecordsRequest.Partition wanted, RequestContext context)
    {
        var answer = new DeleteRecordsResponse.Partition { Index = wanted.Index };
        if (context.Broker.Replicas.Find(topic, wanted.Index) is not { } replica)
        {
            var exists = context.Image.Topic(topic)?.Partition(wanted.Index) is not null;
            answer.Error = exists ? ErrorCode.NotLeaderOrFollower : ErrorCode.UnknownTopicOrPartition;
        }
        else if (!replica.Config.IsDeleted)
        {
            answer.Error = ErrorCode.PolicyViolation;
        }
        else
        {
            (answer.Error, answer.LowWatermark, _) = replica.RemoveBefore(wanted.Offset);
        }

        return answer;
    }
}
