using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DescribeProducers;

internal sealed class DescribeProducersHandler() : ApiHandler<DescribeProducersRequest>(ApiKey.DescribeProducers)
{
    protected override ValueTask<IMessage> HandleAsync(DescribeProducersRequest request, RequestContext context, CancellationToken cancel) =>
        ValueTask.FromResult<IMessage>(new DescribeProducersResponse
        {
            Topics = request.Topics.ConvertAll(topic => new DescribeProducersResponse.Topic
            {
                Name = topic.Name,
                Partitions = topic.Partitions.ConvertAll(index => Describe(topic.Name, index, context)),
            }),
        });

    private static DescribeProducersResponse.Partition Describe(string topic, int index, RequestContext context)
    {
        var answer = new DescribeProducersResponse.Partition { Index = index };
        if (context.Broker.Replicas.Find(topic, index) is not { IsLeader: true } replica)
        {
            var exists = context.Image.Topic(topic)?.Partition(index) is not null;
            answer.Error = exists ? ErrorCode.NotLeaderOrFollower : ErrorCode.UnknownTopicOrPartition;
            return answer;
        }

        answer.Producers =
        [
            .. replica.Producers().Select(producer => new DescribeProducersResponse.Producer
            {
                ProducerId = producer.ProducerId,
                Epoch = producer.Epoch,
                LastSequence = producer.LastSequence,
                LastTimestamp = producer.LastTimestamp,
                CoordinatorEpoch = producer.CoordinatorEpoch,
                TransactionStartOffset = producer.TransactionFirstOffset,
            }),
        ];
        return answer;
    }
}
