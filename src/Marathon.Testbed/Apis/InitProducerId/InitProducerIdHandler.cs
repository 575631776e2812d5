using Marathon.Testbed.Cluster;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.InitProducerId;

internal sealed class InitProducerIdHandler() : ApiHandler<InitProducerIdRequest>(ApiKey.InitProducerId)
{
    protected override async ValueTask<IMessage> HandleAsync(InitProducerIdRequest request, RequestContext context, CancellationToken cancel)
    {
        if (request.TransactionalId is not null)
            return new InitProducerIdResponse { Error = ErrorCode.InvalidRequest };
        try
        {
            return new InitProducerIdResponse { ProducerId = await context.Broker.ProducerIds.NextAsync(cancel), ProducerEpoch = 0 };
        }
        catch (BrokerUnreachableException)
        {
            return new InitProducerIdResponse { Error = ErrorCode.CoordinatorLoadInProgress };
        }
    }
}
