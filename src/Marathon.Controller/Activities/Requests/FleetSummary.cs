namespace Marathon.Controller.Activities;

/// <summary>What <see cref="SummarizeFleet"/> saw.</summary>
public sealed record FleetSummary(int Living, IReadOnlyList<EndedLife> Ended, IReadOnlyList<JoiningLife> Joining);
