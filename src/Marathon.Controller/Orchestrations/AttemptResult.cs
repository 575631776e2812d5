using Marathon.Runs;

namespace Marathon.Controller.Orchestrations;

/// <summary>How an attempt ended.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Reason">Why, unless it finished.</param>
/// <param name="MayTryAgain">It was interrupted by something that nobody asked for.</param>
public sealed record AttemptResult(RunOutcome Outcome, string? Reason, bool MayTryAgain);
