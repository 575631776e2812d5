namespace Marathon.Durable;

/// <summary>What a retry handler is told.</summary>
/// <param name="OrchestrationContext">The context of the calling orchestration.</param>
/// <param name="LastAttemptNumber">The number of the attempt that just failed, from 1.</param>
/// <param name="LastFailure">Why it failed.</param>
/// <param name="TotalRetryTime">Time since the first attempt, by the orchestration's clock.</param>
/// <param name="CancellationToken">Never cancelled so far.</param>
public sealed record RetryContext(
    OrchestrationContext OrchestrationContext,
    int LastAttemptNumber,
    TaskFailureDetails LastFailure,
    TimeSpan TotalRetryTime,
    CancellationToken CancellationToken);
