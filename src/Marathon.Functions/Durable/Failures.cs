using Marathon.Durable;
using Sdk = Microsoft.DurableTask;

namespace Marathon.Functions.Durable;

/// <summary>Failures in both directions. Ours and the SDK's have the same shape; only the types differ.</summary>
internal static class Failures
{
    public static TaskFailureDetails ToMarathon(this Sdk.TaskFailureDetails details) => new(
        details.ErrorType, details.ErrorMessage, details.StackTrace, details.InnerFailure?.ToMarathon(), details.Properties);

    public static Sdk.TaskFailureDetails ToSdk(this TaskFailureDetails details) => new(
        details.ErrorType, details.ErrorMessage, details.StackTrace, details.InnerFailure?.ToSdk(), details.Properties);

    /// <summary>Lets a call's failure arrive as the exception that orchestrators of ours know.</summary>
    public static async Task<T> WithOurExceptionAsync<T>(this Task<T> call)
    {
        try
        {
            return await call;
        }
        catch (Sdk.TaskFailedException failed)
        {
            throw new TaskFailedException(failed.TaskName, failed.TaskId, failed.FailureDetails?.ToMarathon());
        }
    }

    /// <summary>
    /// Lets what leaves an orchestrator of ours arrive as the exception that the SDK knows: it keeps the details of the
    /// task that failed, which it would not find in an exception of ours.
    /// </summary>
    public static async Task<object?> WithSdkExceptionAsync(this Task<object?> orchestration)
    {
        try
        {
            return await orchestration;
        }
        catch (TaskFailedException failed) when (failed.FailureDetails is { } details)
        {
            throw new Sdk.TaskFailedException(failed.TaskName, failed.TaskId, details.ToSdk());
        }
    }
}
