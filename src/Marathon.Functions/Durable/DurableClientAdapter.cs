using Marathon.Durable;
using Marathon.Durable.History;
using Core = DurableTask.Core;
using Sdk = Microsoft.DurableTask;
using SdkClient = Microsoft.DurableTask.Client;

namespace Marathon.Functions.Durable;

/// <summary>The SDK's client as ours; which one that is may be known only once it is called.</summary>
internal sealed class DurableClientAdapter(string name, Func<SdkClient.DurableTaskClient> current) : DurableClient(name)
{
    private SdkClient.DurableTaskClient Client => current();

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        try
        {
            return await Client.ScheduleNewOrchestrationInstanceAsync(orchestratorName.Name, input, options.ToSdk(), cancellation);
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
        Client.RaiseEventAsync(instanceId, eventName, eventPayload, cancellation);

    public override async Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        (await Client.WaitForInstanceStartAsync(instanceId, getInputsAndOutputs, cancellation)).ToMarathon();

    public override async Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        (await Client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs, cancellation)).ToMarathon();

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        Client.TerminateInstanceAsync(instanceId, options.ToSdk(), cancellation);

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        Client.SuspendInstanceAsync(instanceId, reason, cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        Client.ResumeInstanceAsync(instanceId, reason, cancellation);

    public override async Task<OrchestrationMetadata?> GetInstanceAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        (await Client.GetInstanceAsync(instanceId, getInputsAndOutputs, cancellation))?.ToMarathon();

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        Sdk.AsyncPageable<SdkClient.OrchestrationMetadata> instances = Client.GetAllInstancesAsync(filter.ToSdk());
        return Pageable.Create(async (token, size, cancellation) =>
        {
            await foreach (Sdk.Page<SdkClient.OrchestrationMetadata> page in instances.AsPages(token, size).WithCancellation(cancellation))
                return new Page<OrchestrationMetadata>([.. page.Values.Select(ClientData.ToMarathon)], page.ContinuationToken);

            return new Page<OrchestrationMetadata>([]);
        });
    }

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        (await Client.PurgeInstanceAsync(instanceId, options.ToSdk(), cancellation)).ToMarathon();

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        (await Client.PurgeAllInstancesAsync(filter.ToSdk(), options.ToSdk(), cancellation)).ToMarathon();

    public override Task<string> RestartAsync(
        string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default) =>
        Client.RestartAsync(instanceId, restartWithNewInstanceId, cancellation);

    public override Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default) =>
        Client.RewindInstanceAsync(instanceId, reason, cancellation);

    public override async Task<IList<HistoryEvent>> GetOrchestrationHistoryAsync(string instanceId, CancellationToken cancellation = default) =>
        [.. (await Client.GetOrchestrationHistoryAsync(instanceId, cancellation)).Select(HistoryEvents.ToMarathon).OfType<HistoryEvent>()];
}
