namespace Marathon.Testbed.Transactions;

/// <summary>States of a transactional id, by their number in the log; their names are those that DescribeTransactions answers.</summary>
internal enum TransactionState : sbyte
{
    Empty = 0,
    Ongoing = 1,
    PrepareCommit = 2,
    PrepareAbort = 3,
    CompleteCommit = 4,
    CompleteAbort = 5,
    Dead = 6,
    PrepareEpochFence = 7,
}
