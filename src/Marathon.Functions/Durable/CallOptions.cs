using Marathon.Durable;
using Sdk = Microsoft.DurableTask;

namespace Marathon.Functions.Durable;

/// <summary>Options of calls, as the SDK takes them.</summary>
internal static class CallOptions
{
    public static Sdk.TaskOptions? ToSdk(this TaskOptions? options, OrchestrationContext context) => options switch
    {
        null => null,
        SubOrchestrationOptions sub => new Sdk.SubOrchestrationOptions(Base(sub, context), sub.InstanceId),
        _ => Base(options, context),
    };

    private static Sdk.TaskOptions Base(TaskOptions options, OrchestrationContext context) => new(Retry(options.Retry, context), options.Tags);

    private static Sdk.TaskRetryOptions? Retry(TaskRetryOptions? retry, OrchestrationContext context) => retry switch
    {
        { Policy: { } policy } => new Sdk.TaskRetryOptions(Policy(policy)),
        { Handler: { } handler } => new Sdk.TaskRetryOptions(r => handler(new RetryContext(
            context, r.LastAttemptNumber, r.LastFailure.ToMarathon(), r.TotalRetryTime, r.CancellationToken))),
        _ => null,
    };

    private static Sdk.RetryPolicy Policy(RetryPolicy policy) => new(
        policy.MaxNumberOfAttempts, policy.FirstRetryInterval, policy.BackoffCoefficient, policy.MaxRetryInterval, policy.RetryTimeout)
    {
        HandleFailure = failure => policy.HandleFailure(failure.ToMarathon()),
    };
}
