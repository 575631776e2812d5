namespace Marathon.Scenarios.Toolkit;

/// <summary>How an assertion came out.</summary>
/// <param name="Assertion">What was asserted.</param>
/// <param name="Observed">What was observed; null when nothing could be, and the assertion counts as skipped.</param>
public sealed record AssertionResult(Assertion Assertion, double? Observed)
{
    /// <summary>The attempt that made it, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Null when skipped.</summary>
    public bool? Passed => Observed is { } value ? Assertion.Condition.HoldsFor(value) : null;
}
