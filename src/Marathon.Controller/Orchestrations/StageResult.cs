namespace Marathon.Controller.Orchestrations;

/// <summary>How a stage ended.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Reason">Why, unless it finished.</param>
public sealed record StageResult(StageOutcome Outcome, string? Reason = null)
{
    /// <summary>It came to its end.</summary>
    public static StageResult Finished { get; } = new(StageOutcome.Finished);
}
