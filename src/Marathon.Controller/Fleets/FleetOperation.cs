namespace Marathon.Controller.Fleets;

/// <summary>
/// Something a provider has begun. Plain data without secrets: an orchestrator keeps it, waits <see cref="PollAfter"/> on a
/// durable timer and hands it to <see cref="IFleetProvider.PollAsync"/>, which may run in another process.
/// </summary>
/// <param name="State">How far it is.</param>
/// <param name="RunId">The run.</param>
/// <param name="Handle">The provider's own; null where there is nothing to poll.</param>
/// <param name="PollAfter">When to look again.</param>
/// <param name="Detail">What it waits for, or why it failed and the remedy.</param>
public sealed record FleetOperation(
    FleetOperationState State, string RunId, string? Handle = null, TimeSpan PollAfter = default, string? Detail = null)
{
    /// <summary>What a provider answers that is done at once.</summary>
    public static FleetOperation Done(string runId) => new(FleetOperationState.Succeeded, runId);
}
