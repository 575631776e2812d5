using Marathon.Testbed.Cluster;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.AddPartitionsToTxn;

internal sealed class AddPartitionsToTxnHandler() : ApiHandler<AddPartitionsToTxnRequest>(ApiKey.AddPartitionsToTxn)
{
    protected override async ValueTask<IMessage> HandleAsync(
        AddPartitionsToTxnRequest request, RequestContext context, CancellationToken cancel)
    {
        var wanted = request.Topics.SelectMany(t => t.Partitions.Select(p => new TopicPartition(t.Name, p))).ToArray();
        var unknown = wanted.Where(partition => context.Image.Partition(partition) is null).ToHashSet();
        if (unknown.Count > 0)
            return Answer(request, key => unknown.Contains(key) ? ErrorCode.UnknownTopicOrPartition : ErrorCode.OperationNotAttempted);
        var error = await context.Broker.Transactions.AddPartitionsAsync(
            request.TransactionalId, request.ProducerId, request.ProducerEpoch, wanted, cancel);
        error = FencedError.For(error, context.Version >= 2);
        return Answer(request, _ => error);
    }

    private static AddPartitionsToTxnResponse Answer(AddPartitionsToTxnRequest request, Func<TopicPartition, ErrorCode> errorOf) => new()
    {
        Topics = request.Topics.ConvertAll(topic => new PartitionErrors
        {
            Name = topic.Name,
            Partitions = topic.Partitions.ConvertAll(index => new PartitionErrors.Entry
            {
                Index = index,
                Error = errorOf(new TopicPartition(topic.Name, index)),
            }),
        }),
    };
}
