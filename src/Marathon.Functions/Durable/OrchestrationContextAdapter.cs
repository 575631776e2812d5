using Marathon.Durable;
using Microsoft.Extensions.Logging;
using Sdk = Microsoft.DurableTask;

namespace Marathon.Functions.Durable;

/// <summary>The SDK's orchestration context as orchestrators of ours know it.</summary>
internal sealed class OrchestrationContextAdapter(Sdk.TaskOrchestrationContext context) : OrchestrationContext
{
    public override TaskName Name => context.Name.Name;

    public override string InstanceId => context.InstanceId;

    public override ParentOrchestrationInstance? Parent =>
        context.Parent is { } parent ? new ParentOrchestrationInstance(parent.Name.Name, parent.InstanceId) : null;

    public override DateTime CurrentUtcDateTime => context.CurrentUtcDateTime;

    public override bool IsReplaying => context.IsReplaying;

    protected override ILoggerFactory LoggerFactory => context.ReplaySafeLoggerFactory;

    public override T? GetInput<T>()
        where T : default => context.GetInput<T>();

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null) =>
        context.CallActivityAsync<TResult>(name.Name, input, options.ToSdk(this)).WithOurExceptionAsync();

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        context.CallSubOrchestratorAsync<TResult>(orchestratorName.Name, input, options.ToSdk(this)).WithOurExceptionAsync();

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) => context.CreateTimer(fireAt, cancellationToken);

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) =>
        context.WaitForExternalEvent<T>(eventName, cancellationToken);

    public override void SendEvent(string instanceId, string eventName, object payload) => context.SendEvent(instanceId, eventName, payload);

    public override void SetCustomStatus(object? customStatus) => context.SetCustomStatus(customStatus);

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        context.ContinueAsNew(newInput, preserveUnprocessedEvents);

    public override Guid NewGuid() => context.NewGuid();
}
