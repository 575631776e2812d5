using Marathon.Testbed.Cluster;
using Marathon.Testbed.Groups;
using Marathon.Testbed.Metadata;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.AddOffsetsToTxn;

internal sealed class AddOffsetsToTxnHandler() : ApiHandler<AddOffsetsToTxnRequest>(ApiKey.AddOffsetsToTxn)
{
    protected override async ValueTask<IMessage> HandleAsync(AddOffsetsToTxnRequest request, RequestContext context, CancellationToken cancel)
    {
        if (context.Image.Topic(TopicImage.ConsumerOffsets) is not { } topic)
            return new ErrorResponse { Error = ErrorCode.CoordinatorNotAvailable };
        var partition = new TopicPartition(topic.Name, GroupCoordinator.PartitionFor(request.GroupId, topic));
        var error = await context.Broker.Transactions.AddPartitionsAsync(
            request.TransactionalId, request.ProducerId, request.ProducerEpoch, [partition], cancel);
        return new ErrorResponse { Error = FencedError.For(error, context.Version >= 2) };
    }
}
