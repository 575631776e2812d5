using Microsoft.Extensions.Logging;

namespace Marathon.Durable;

/// <summary>
/// What an orchestrator may use. Members, names and meaning are those of
/// <c>Microsoft.DurableTask.TaskOrchestrationContext</c>.
/// </summary>
public abstract class OrchestrationContext
{
    /// <summary>The name it was started by.</summary>
    public abstract TaskName Name { get; }

    public abstract string InstanceId { get; }

    /// <summary>Null for an orchestration that a client started.</summary>
    public abstract ParentOrchestrationInstance? Parent { get; }

    /// <summary>The time of the current episode, the same in every replay of it.</summary>
    public abstract DateTime CurrentUtcDateTime { get; }

    /// <summary>True while code runs again whose effects are already in the history.</summary>
    public abstract bool IsReplaying { get; }

    protected abstract ILoggerFactory LoggerFactory { get; }

    public abstract T? GetInput<T>();

    public virtual Task CallActivityAsync(TaskName name, object? input = null, TaskOptions? options = null) =>
        CallActivityAsync<object>(name, input, options);

    public virtual Task CallActivityAsync(TaskName name, TaskOptions options) => CallActivityAsync(name, null, options);

    public virtual Task<TResult> CallActivityAsync<TResult>(TaskName name, TaskOptions options) =>
        CallActivityAsync<TResult>(name, null, options);

    /// <exception cref="TaskFailedException">The activity failed, retries included.</exception>
    public abstract Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null);

    public virtual Task CallSubOrchestratorAsync(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        CallSubOrchestratorAsync<object>(orchestratorName, input, options);

    public virtual Task CallSubOrchestratorAsync(TaskName orchestratorName, TaskOptions options) =>
        CallSubOrchestratorAsync(orchestratorName, null, options);

    public virtual Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, TaskOptions options) =>
        CallSubOrchestratorAsync<TResult>(orchestratorName, null, options);

    /// <exception cref="TaskFailedException">The sub-orchestration failed or was terminated.</exception>
    public abstract Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null);

    public virtual Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken) =>
        CreateTimer(CurrentUtcDateTime.Add(delay), cancellationToken);

    /// <summary>A durable timer. Cancel it when it is no longer awaited: an open timer keeps the orchestration from completing.</summary>
    public abstract Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken);

    /// <summary>
    /// Waits for an event of that name (case does not matter). The newest waiter is served first, and a cancelled
    /// waiter still swallows an event: keep one live waiter per name.
    /// </summary>
    public abstract Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default);

    /// <exception cref="TaskCanceledException">No event came in time.</exception>
    public Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout) =>
        WaitForExternalEvent<T>(eventName, timeout, CancellationToken.None);

    /// <exception cref="TaskCanceledException">No event came in time, or the token was cancelled.</exception>
    public async Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timer = new();
        using CancellationTokenSource waiter = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task due = CreateTimer(timeout, timer.Token);
        Task<T> received = WaitForExternalEvent<T>(eventName, waiter.Token);
        Task first = await Task.WhenAny(due, received);
        CancellationTokenSource loser = first == received ? timer : waiter;
#pragma warning disable CA1849 // Cancellation must run inline: an orchestrator never leaves its thread of control.
        loser.Cancel();
#pragma warning restore CA1849
        return await received;
    }

    /// <summary>Sends an external event to another orchestration, without waiting for anything.</summary>
    public abstract void SendEvent(string instanceId, string eventName, object payload);

    /// <summary>A status of the orchestration's own, at most 16 KB of JSON, for clients to read.</summary>
    public abstract void SetCustomStatus(object? customStatus);

    /// <summary>Starts over with a new input and an empty history, once this function has returned and no task is open.</summary>
    public abstract void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true);

    /// <summary>A GUID (version 5) that is the same in every replay.</summary>
    public abstract Guid NewGuid();

    /// <summary>A logger that is silent while <see cref="IsReplaying"/>.</summary>
    public virtual ILogger CreateReplaySafeLogger(string categoryName) =>
        new ReplaySafeLogger(this, LoggerFactory.CreateLogger(categoryName));

    /// <inheritdoc cref="CreateReplaySafeLogger(string)"/>
    public virtual ILogger CreateReplaySafeLogger(Type type) => new ReplaySafeLogger(this, LoggerFactory.CreateLogger(type));

    /// <inheritdoc cref="CreateReplaySafeLogger(string)"/>
    public virtual ILogger CreateReplaySafeLogger<T>() => new ReplaySafeLogger(this, LoggerFactory.CreateLogger<T>());
}
