using Marathon.Testbed.Protocol;
using Marathon.Testbed.Transactions;

namespace Marathon.Testbed.Apis.ListTransactions;

internal sealed class ListTransactionsHandler() : ApiHandler<ListTransactionsRequest>(ApiKey.ListTransactions)
{
    protected override ValueTask<IMessage> HandleAsync(ListTransactionsRequest request, RequestContext context, CancellationToken cancel)
    {
        var coordinator = context.Broker.Transactions;
        if (coordinator.IsLoading)
            return ValueTask.FromResult<IMessage>(new ListTransactionsResponse { Error = ErrorCode.CoordinatorLoadInProgress });
        var now = context.Broker.Time.GetUtcNow().ToUnixTimeMilliseconds();
        return ValueTask.FromResult<IMessage>(new ListTransactionsResponse
        {
            UnknownStateFilters = request.StateFilters.FindAll(state => !Enum.TryParse<TransactionState>(state, out _)),
            Transactions =
            [
                .. coordinator.All.Select(entry => entry.Metadata).Where(metadata => IsWanted(metadata, request, now)).Select(metadata =>
                    new ListTransactionsResponse.Transaction
                    {
                        TransactionalId = metadata.TransactionalId,
                        ProducerId = metadata.ProducerId,
                        State = metadata.State.ToString(),
                    }),
            ],
        });
    }

    private static bool IsWanted(TransactionMetadata metadata, ListTransactionsRequest request, long now) =>
        (request.StateFilters.Count == 0 || request.StateFilters.Contains(metadata.State.ToString()))
        && (request.ProducerIdFilters.Count == 0 || request.ProducerIdFilters.Contains(metadata.ProducerId))
        && (request.DurationFilterMs < 0 || (metadata.StartTimestamp >= 0 && now - metadata.StartTimestamp > request.DurationFilterMs));
}
