using Marathon.Scenarios.Toolkit;

namespace Marathon.Controller.Activities;

/// <summary>Input of <see cref="Observe"/>.</summary>
public sealed record ObserveRequest(string RunId, Measure Measure, bool LivingOnly);
