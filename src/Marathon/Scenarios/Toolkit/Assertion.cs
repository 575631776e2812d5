namespace Marathon.Scenarios.Toolkit;

/// <summary>Something that must be so, for the report.</summary>
/// <param name="Name">Kebab-case, unique within the run.</param>
/// <param name="Condition">What must hold.</param>
/// <param name="Unit">Unit of observed value and threshold, for people.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Blame">What a failure makes of the verdict.</param>
/// <param name="Within">How long it may take to become so; null is now.</param>
public sealed record Assertion(
    string Name,
    Condition Condition,
    string Unit,
    Severity Severity = Severity.Error,
    AssertionBlame Blame = AssertionBlame.Violation,
    TimeSpan? Within = null);
