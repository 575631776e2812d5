using Marathon.Runs;

namespace Marathon.Controller.Activities;

/// <summary>Input of <see cref="BeginStage"/>.</summary>
public sealed record StageRequest(string RunId, int Attempt, StageName Stage);
