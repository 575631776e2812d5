namespace Marathon.Workers.Load;

/// <summary>How transactional producers make their transactions.</summary>
public sealed record TransactionSpec
{
    /// <summary>
    /// Records after which a transaction is ended. The default leaves it to time, so that a cluster whose transactions take
    /// long gets larger ones.
    /// </summary>
    public int Records { get; init; } = 10_000;

    /// <summary>Time after which it is ended, however few records it has.</summary>
    public double Milliseconds { get; init; } = 100;

    /// <summary>Share of the transactions that are aborted on purpose, 0 to 1.</summary>
    public double AbortShare { get; init; } = 0.02;

    /// <summary>
    /// Least time between two takings over of a producer's transactional id by a second client of its own, in the middle of a
    /// transaction; null for never.
    /// </summary>
    public double? TakeOverMilliseconds { get; init; }

    /// <summary>
    /// Producers note of whose transactions the worker's consumers read while one of their own is open, to find cycles.
    /// </summary>
    public bool Reads { get; init; }

    /// <summary>Every two records of a transaction are a transfer between two keys: all of them together add up to nothing.</summary>
    public bool Transfers { get; init; }
}
