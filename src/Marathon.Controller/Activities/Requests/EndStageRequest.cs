using Marathon.Controller.Orchestrations;
using Marathon.Runs;

namespace Marathon.Controller.Activities;

/// <summary>Input of <see cref="EndStage"/>.</summary>
public sealed record EndStageRequest(string RunId, int Attempt, StageName Stage, StageResult Result);
