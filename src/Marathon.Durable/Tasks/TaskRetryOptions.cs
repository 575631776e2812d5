namespace Marathon.Durable;

/// <summary>Either a policy or a handler that decides whether a failed call is made again.</summary>
public sealed class TaskRetryOptions
{
    public TaskRetryOptions(RetryPolicy policy) => Policy = policy;

    public TaskRetryOptions(AsyncRetryHandler handler) => Handler = handler;

    public RetryPolicy? Policy { get; }

    public AsyncRetryHandler? Handler { get; }

    public static implicit operator TaskRetryOptions(RetryPolicy policy) => FromRetryPolicy(policy);

    public static implicit operator TaskRetryOptions(RetryHandler handler) => FromRetryHandler(handler);

    public static implicit operator TaskRetryOptions(AsyncRetryHandler handler) => FromRetryHandler(handler);

    public static TaskRetryOptions FromRetryPolicy(RetryPolicy policy) => new(policy);

    public static TaskRetryOptions FromRetryHandler(RetryHandler handler) => new(context => Task.FromResult(handler(context)));

    public static TaskRetryOptions FromRetryHandler(AsyncRetryHandler handler) => new(handler);
}
