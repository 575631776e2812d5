using Marathon.Testbed.Cluster;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.InitProducerId;

internal sealed class InitProducerIdHandler() : ApiHandler<InitProducerIdRequest>(ApiKey.InitProducerId)
{
    protected override async ValueTask<IMessage> HandleAsync(InitProducerIdRequest request, RequestContext context, CancellationToken cancel)
    {
        try
        {
            if (request.TransactionalId is null)
                return new InitProducerIdResponse { ProducerId = await context.Broker.ProducerIds.NextAsync(cancel), ProducerEpoch = 0 };
            var (error, id, epoch) = await context.Broker.Transactions.InitProducerIdAsync(
                request.TransactionalId, request.TransactionTimeoutMs, request.ProducerId, request.ProducerEpoch, cancel);
            return new InitProducerIdResponse
            {
                Error = FencedError.For(error, context.Version >= 4),
                ProducerId = id,
                ProducerEpoch = epoch,
            };
        }
        catch (BrokerUnreachableException)
        {
            // No controller to give out producer ids: retriable for a client.
            return new InitProducerIdResponse { Error = ErrorCode.CoordinatorLoadInProgress };
        }
    }
}
