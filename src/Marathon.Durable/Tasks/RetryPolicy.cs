using System.Runtime.CompilerServices;

namespace Marathon.Durable;

/// <summary>
/// Retries with exponential backoff: before attempt n+1 it waits
/// min(first × coefficient^(n−1), max interval), on a durable timer.
/// </summary>
public sealed class RetryPolicy
{
    /// <param name="maxNumberOfAttempts">The first attempt included; at least 1.</param>
    /// <param name="firstRetryInterval">The wait before the second attempt; positive.</param>
    /// <param name="backoffCoefficient">At least 1.</param>
    /// <param name="maxRetryInterval">The longest wait; one hour by default.</param>
    /// <param name="retryTimeout">No retry is started once this has passed since the first attempt; unlimited by default.</param>
    public RetryPolicy(
        int maxNumberOfAttempts,
        TimeSpan firstRetryInterval,
        double backoffCoefficient = 1.0,
        TimeSpan? maxRetryInterval = null,
        TimeSpan? retryTimeout = null)
    {
        Require(maxNumberOfAttempts > 0, maxNumberOfAttempts, "greater than zero");
        Require(firstRetryInterval > TimeSpan.Zero, firstRetryInterval, "greater than zero");
        Require(backoffCoefficient >= 1, backoffCoefficient, "greater or equal to 1.0");
        Require(CoversFirst(maxRetryInterval), maxRetryInterval, "greater or equal to the value for firstRetryInterval");
        Require(CoversFirst(retryTimeout), retryTimeout, "greater or equal to the value for firstRetryInterval");
        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = maxRetryInterval ?? TimeSpan.FromHours(1);
        RetryTimeout = retryTimeout ?? Timeout.InfiniteTimeSpan;

        bool CoversFirst(TimeSpan? limit) =>
            limit is null || limit == Timeout.InfiniteTimeSpan || limit >= firstRetryInterval;
    }

    public int MaxNumberOfAttempts { get; }

    public TimeSpan FirstRetryInterval { get; }

    public double BackoffCoefficient { get; }

    public TimeSpan MaxRetryInterval { get; }

    public TimeSpan RetryTimeout { get; }

    /// <summary>Says whether a failure is worth another attempt. It runs again on every replay, so it must be deterministic.</summary>
    public Func<TaskFailureDetails, bool> HandleFailure { get; init; } = _ => true;

    private static void Require(
        bool condition, object? value, string rule, [CallerArgumentExpression(nameof(value))] string parameter = "")
    {
        if (!condition)
            throw new ArgumentOutOfRangeException(parameter, value, $"The value for {parameter} must be {rule}.");
    }
}
