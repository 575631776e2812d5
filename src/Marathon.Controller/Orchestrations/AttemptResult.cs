using Marathon.Runs;

namespace Marathon.Controller.Orchestrations;

/// <summary>How an attempt ended.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Reason">Why, unless it finished.</param>
/// <param name="MayTryAgain">Something ended it that nobody asked for and that may pass.</param>
public sealed record AttemptResult(RunOutcome Outcome, string? Reason, bool MayTryAgain);
