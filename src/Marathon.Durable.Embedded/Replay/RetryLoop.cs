namespace Marathon.Durable.Embedded.Replay;

/// <summary>Makes a failed call again, as a policy or a handler decides. Everything here is replayed.</summary>
internal static class RetryLoop
{
    public static async Task<T> RunAsync<T>(OrchestrationContext context, RetryPolicy policy, Func<Task<T>> attempt)
    {
        DateTime firstAttempt = context.CurrentUtcDateTime;
        for (int number = 1; ; number++)
        {
            TaskFailedException failure;
            try
            {
                return await attempt();
            }
            catch (TaskFailedException e) when (IsRetriable(e))
            {
                failure = e;
            }

            if (number == policy.MaxNumberOfAttempts)
            {
                // Durable Task gives the last failure a timer too; without it every later action would have another id.
                await context.CreateTimer(context.CurrentUtcDateTime, CancellationToken.None);
                throw failure.Again();
            }

            if (Delay(context, policy, number, firstAttempt, failure) is not { } delay)
                throw failure.Again();
            await context.CreateTimer(context.CurrentUtcDateTime + delay, CancellationToken.None);
        }
    }

    public static async Task<T> RunAsync<T>(OrchestrationContext context, AsyncRetryHandler handler, Func<Task<T>> attempt)
    {
        DateTime firstAttempt = context.CurrentUtcDateTime;
        for (int number = 1; ; number++)
        {
            TaskFailedException failure;
            try
            {
                return await attempt();
            }
            catch (TaskFailedException e) when (IsRetriable(e))
            {
                failure = e;
            }

            RetryContext retry = new(
                context,
                number,
                failure.FailureDetails ?? TaskFailureDetails.FromException(failure),
                context.CurrentUtcDateTime - firstAttempt,
                CancellationToken.None);
            if (!await handler(retry))
                throw failure.Again();
        }
    }

    private static TimeSpan? Delay(
        OrchestrationContext context, RetryPolicy policy, int number, DateTime firstAttempt, TaskFailedException failure)
    {
        if (!IsHandled(policy, failure))
            return null;
        if (policy.RetryTimeout != Timeout.InfiniteTimeSpan && context.CurrentUtcDateTime >= firstAttempt + policy.RetryTimeout)
            return null;
        double milliseconds = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, number - 1);
        TimeSpan longest = policy.MaxRetryInterval == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : policy.MaxRetryInterval;
        return milliseconds < longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : longest;
    }

    private static bool IsHandled(RetryPolicy policy, TaskFailedException failure)
    {
        try
        {
            return policy.HandleFailure(failure.FailureDetails ?? TaskFailureDetails.FromException(failure));
        }
#pragma warning disable CA1031 // A handler that throws must not hide the failure it was asked about.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private static bool IsRetriable(TaskFailedException failure) =>
        failure.FailureDetails?.ErrorType is not (FailureTypes.ActivityNotFound or FailureTypes.OrchestratorNotFound);

    /// <summary>A fresh exception, so that its stack trace shows where it was thrown at last.</summary>
    private static TaskFailedException Again(this TaskFailedException failure) =>
        new(failure.TaskName, failure.TaskId, failure.FailureDetails);
}
