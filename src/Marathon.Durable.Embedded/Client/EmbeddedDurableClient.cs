using Marathon.Durable.Embedded.Engine;
using Marathon.Durable.Embedded.Storage;
using Marathon.Durable.History;

namespace Marathon.Durable.Embedded.Client;

/// <summary>The client of the embedded engine. What it has acknowledged is on the disk.</summary>
internal sealed partial class EmbeddedDurableClient(Func<DurableEngine> running) : DurableClient("embedded")
{
    private DurableEngine Engine => running();

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        string instanceId = options?.InstanceId ?? Guid.NewGuid().ToString("N");
        IReadOnlySet<OrchestrationRuntimeStatus> blocking = Deduplication.Parse(options?.DedupeStatuses);
        if (orchestratorName == default)
            throw new ArgumentException("An orchestrator has a name.", nameof(orchestratorName));
        InstanceIds.Check(instanceId);
        NewInstance instance = new(instanceId, orchestratorName, Serialize(input, "The input"))
        {
            ScheduledStart = options?.StartAt?.UtcDateTime,
            Tags = options?.Tags,
        };
        await CreateAsync(instance, blocking);
        return instanceId;
    }

    public override async Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        Arguments.Require(instanceId);
        Arguments.Require(eventName);
        cancellation.ThrowIfCancellationRequested();
        string? payload = Serialize(eventPayload, $"The payload of event '{eventName}'");
        await SendAsync(instanceId, new EventRaisedEvent(-1, Engine.Now, eventName, payload));
    }

    public override async Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        Arguments.Require(instanceId);
        cancellation.ThrowIfCancellationRequested();
        string? output = Serialize(options?.Output, "The output");
        await SendAsync(instanceId, new ExecutionTerminatedEvent(-1, Engine.Now, output, options?.Recursive ?? false));
    }

    public override async Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        Arguments.Require(instanceId);
        cancellation.ThrowIfCancellationRequested();
        await SendAsync(instanceId, new ExecutionSuspendedEvent(-1, Engine.Now, reason));
    }

    public override async Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        Arguments.Require(instanceId);
        cancellation.ThrowIfCancellationRequested();
        await SendAsync(instanceId, new ExecutionResumedEvent(-1, Engine.Now, reason));
    }

    public override async Task<string> RestartAsync(
        string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        Arguments.Require(instanceId);
        OrchestrationMetadata before = await GetInstanceAsync(instanceId, true, cancellation) ?? throw Arguments.NotFound(instanceId);
        string id = restartWithNewInstanceId ? Guid.NewGuid().ToString("N") : instanceId;
        await CreateAsync(
            new NewInstance(id, before.Name, before.SerializedInput) { Tags = before.Tags }, InstanceCreation.ActiveStatuses);
        return id;
    }

    public override async Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default)
    {
        Arguments.Require(instanceId);
        cancellation.ThrowIfCancellationRequested();
        DurableEngine engine = Engine;
        InstanceRef? found = await engine.WriteAsync((session, effects) =>
        {
            InstanceRef? instance = session.Find(instanceId);
            if (instance?.Status is OrchestrationRuntimeStatus.Failed)
                Rewinding.Rewind(session, effects, instance, reason, engine.Now);
            return instance;
        });
        if (found is null)
            throw Arguments.NotFound(instanceId);
        if (found.Status is not OrchestrationRuntimeStatus.Failed)
            throw new InvalidOperationException($"Only a failed orchestration can be rewound; '{instanceId}' is {found.Status}.");
    }

    private async Task CreateAsync(NewInstance instance, IReadOnlySet<OrchestrationRuntimeStatus> blocking)
    {
        DurableEngine engine = Engine;
        OrchestrationRuntimeStatus? existing = await engine.WriteAsync(
            (session, effects) => InstanceCreation.TryCreate(session, effects, instance, blocking, engine.Now));
        if (existing is { } status)
            throw new OrchestrationAlreadyExistsException(instance.InstanceId, status);
    }

    /// <summary>An instance that is absent or has ended gets nothing, without complaint: as with any late message.</summary>
    private Task<bool> SendAsync(string instanceId, HistoryEvent inbound) => Engine.WriteAsync((session, effects) =>
    {
        if (session.Find(instanceId) is not { IsActive: true } target)
            return false;
        effects.Deliver(session, target.Key, inbound);
        return true;
    });

    private string? Serialize(object? value, string what)
    {
        string? serialized = Engine.Converter.Serialize(value);
        PayloadLimits.Check(serialized, what);
        return serialized;
    }
}
