using Marathon.Durable;
using Marathon.Durable.History;
using Core = DurableTask.Core;
using Sdk = Microsoft.DurableTask;
using SdkClient = Microsoft.DurableTask.Client;

namespace Marathon.Functions.Durable;

/// <summary>The SDK's client as ours.</summary>
internal sealed class DurableClientAdapter(SdkClient.DurableTaskClient client) : DurableClient(client.Name)
{
    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        try
        {
            return await client.ScheduleNewOrchestrationInstanceAsync(orchestratorName.Name, input, options.ToSdk(), cancellation);
        }
        catch (Core.Exceptions.OrchestrationAlreadyExistsException) when (options?.InstanceId is not null)
        {
            // The SDK does not say in which state it found it.
            OrchestrationMetadata? existing = await GetInstanceAsync(options.InstanceId, getInputsAndOutputs: false, cancellation);
            throw new OrchestrationAlreadyExistsException(options.InstanceId, existing?.RuntimeStatus ?? OrchestrationRuntimeStatus.Running);
        }
    }

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
        client.RaiseEventAsync(instanceId, eventName, eventPayload, cancellation);

    public override async Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        (await client.WaitForInstanceStartAsync(instanceId, getInputsAndOutputs, cancellation)).ToMarathon();

    public override async Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        (await client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs, cancellation)).ToMarathon();

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        client.TerminateInstanceAsync(instanceId, options.ToSdk(), cancellation);

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        client.SuspendInstanceAsync(instanceId, reason, cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        client.ResumeInstanceAsync(instanceId, reason, cancellation);

    public override async Task<OrchestrationMetadata?> GetInstanceAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        (await client.GetInstanceAsync(instanceId, getInputsAndOutputs, cancellation))?.ToMarathon();

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        Sdk.AsyncPageable<SdkClient.OrchestrationMetadata> instances = client.GetAllInstancesAsync(filter.ToSdk());
        return Pageable.Create(async (token, size, cancellation) =>
        {
            await foreach (Sdk.Page<SdkClient.OrchestrationMetadata> page in instances.AsPages(token, size).WithCancellation(cancellation))
                return new Page<OrchestrationMetadata>([.. page.Values.Select(ClientData.ToMarathon)], page.ContinuationToken);

            return new Page<OrchestrationMetadata>([]);
        });
    }

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        (await client.PurgeInstanceAsync(instanceId, options.ToSdk(), cancellation)).ToMarathon();

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        (await client.PurgeAllInstancesAsync(filter.ToSdk(), options.ToSdk(), cancellation)).ToMarathon();

    public override Task<string> RestartAsync(
        string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default) =>
        client.RestartAsync(instanceId, restartWithNewInstanceId, cancellation);

    public override Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default) =>
        client.RewindInstanceAsync(instanceId, reason, cancellation);

    public override async Task<IList<HistoryEvent>> GetOrchestrationHistoryAsync(string instanceId, CancellationToken cancellation = default) =>
        [.. (await client.GetOrchestrationHistoryAsync(instanceId, cancellation)).Select(HistoryEvents.ToMarathon).OfType<HistoryEvent>()];
}
