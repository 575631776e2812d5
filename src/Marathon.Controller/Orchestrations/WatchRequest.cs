using Marathon.Scenarios.Toolkit;

namespace Marathon.Controller.Orchestrations;

/// <summary>A condition to watch.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Condition">What must hold.</param>
/// <param name="Interval">How often to look.</param>
/// <param name="SteadyFor">How long it must hold without its mark (the ends of the partitions) moving.</param>
/// <param name="LivingOnly">Only what living workers are to read counts: the rest is read again afterwards.</param>
public sealed record WatchRequest(string RunId, Condition Condition, TimeSpan Interval, TimeSpan SteadyFor = default, bool LivingOnly = false);
