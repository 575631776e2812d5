using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DescribeTransactions;

internal sealed class DescribeTransactionsRequest : IMessage
{
    public List<string> TransactionalIds { get; set; } = [];

    public void Exchange(Wire wire) => TransactionalIds = wire.Strings(TransactionalIds);
}
