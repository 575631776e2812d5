using Marathon.Durable;

namespace Marathon.Controller.Orchestrations;

/// <summary>The orchestrations that watch over an attempt: the fleet's cells, and the cluster.</summary>
internal sealed class Watchers(OrchestrationContext context, RunInput input, int attempt)
{
    private readonly List<(string Id, Task Ended)> watchers = [];

    public void Start()
    {
        for (int cell = 0; cell < FleetCell.CountFor(input.Spec.Workers); cell++)
        {
            string id = FleetCell.InstanceId(input.RunId, attempt, cell);
            Begin(id, nameof(FleetSupervisor), new FleetCell(input.RunId, attempt, cell, FleetCell.CountFor(input.Spec.Workers), input.Settings));
        }

        Begin($"{input.RunId}-{attempt}-cluster", nameof(ClusterWatch), new ClusterWatchInput(input.RunId, input.Settings.WatchInterval));
    }

    public async Task StopAsync()
    {
        foreach ((string id, Task _) in watchers)
        {
            context.SendEvent(id, ConditionWatch.StopEvent, true);
        }

        foreach ((string _, Task ended) in watchers)
        {
            try
            {
                await ended;
            }
            catch (TaskFailedException)
            {
                // A watcher that broke is logged by the engine; what it did not see, others did, and the report stands.
            }
        }
    }

    private void Begin(string id, string orchestrator, object request) =>
        watchers.Add((id, context.CallSubOrchestratorAsync(orchestrator, request, new SubOrchestrationOptions(instanceId: id))));
}
