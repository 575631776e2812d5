namespace Marathon.Controller.Orchestrations;

/// <summary>How a stage ended.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Reason">Why, unless it finished.</param>
/// <param name="MayTryAgain">It cannot go on for a reason that may pass.</param>
public sealed record StageResult(StageOutcome Outcome, string? Reason = null, bool MayTryAgain = false)
{
    /// <summary>It came to its end.</summary>
    public static StageResult Finished { get; } = new(StageOutcome.Finished);
}
