using Marathon.Configuration;

namespace Marathon.Scenarios.Toolkit;

/// <summary>Conditions and assertions on what consumers have yet to read.</summary>
public static class Backlog
{
    /// <summary>The backlog has grown to this many bytes.</summary>
    public static Condition AtLeast(long bytes) => new(Measure.BacklogBytes, Comparison.AtLeast, bytes);

    /// <summary>The backlog is gone within a time.</summary>
    public static Assertion Drained(TimeSpan within) => new(
        "backlog-drained", new(Measure.BacklogRecords, Comparison.AtMost, 0), "records", Severity.Error, AssertionBlame.Violation, within);

    /// <summary>
    /// Consumers have caught up with a load that goes on: the backlog is no more than what the load adds in a second
    /// (positions come with heartbeats, about once a second). At max rate, ten thousand records.
    /// </summary>
    public static Assertion BelowOneSecondOfLoad(Rate load, TimeSpan within) => new(
        "caught-up",
        new(Measure.BacklogRecords, Comparison.AtMost, Math.Ceiling(load.PerSecond ?? 10_000)),
        "records",
        Severity.Error,
        AssertionBlame.Violation,
        within);
}
