using Marathon.Testbed.Protocol;
using Marathon.Testbed.Transactions;

namespace Marathon.Testbed.Apis.DescribeTransactions;

internal sealed class DescribeTransactionsHandler() : ApiHandler<DescribeTransactionsRequest>(ApiKey.DescribeTransactions)
{
    protected override ValueTask<IMessage> HandleAsync(
        DescribeTransactionsRequest request, RequestContext context, CancellationToken cancel) =>
        ValueTask.FromResult<IMessage>(new DescribeTransactionsResponse
        {
            Transactions = request.TransactionalIds.ConvertAll(id => Describe(id, context)),
        });

    private static DescribeTransactionsResponse.Transaction Describe(string transactionalId, RequestContext context)
    {
        var error = context.Broker.Transactions.Find(transactionalId, out TransactionEntry? entry);
        if (error == ErrorCode.None && entry is null)
            error = ErrorCode.TransactionalIdNotFound;
        if (error != ErrorCode.None)
            return new DescribeTransactionsResponse.Transaction { TransactionalId = transactionalId, Error = error };
        var metadata = entry!.Metadata;
        return new DescribeTransactionsResponse.Transaction
        {
            TransactionalId = transactionalId,
            State = metadata.State.ToString(),
            TimeoutMs = metadata.TimeoutMs,
            StartTimeMs = metadata.StartTimestamp,
            ProducerId = metadata.ProducerId,
            ProducerEpoch = metadata.Epoch,
            Topics =
            [
                .. metadata.Partitions.GroupBy(partition => partition.Topic).Select(topic => new DescribeTransactionsResponse.Topic
                {
                    Name = topic.Key,
                    Partitions = [.. topic.Select(partition => partition.Partition)],
                }),
            ],
        };
    }
}
