using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.EndTxn;

internal sealed class EndTxnHandler() : ApiHandler<EndTxnRequest>(ApiKey.EndTxn)
{
    protected override async ValueTask<IMessage> HandleAsync(EndTxnRequest request, RequestContext context, CancellationToken cancel)
    {
        var error = await context.Broker.Transactions.EndAsync(
            request.TransactionalId, request.ProducerId, request.ProducerEpoch, request.Committed, cancel);
        return new ErrorResponse { Error = FencedError.For(error, context.Version >= 2) };
    }
}
