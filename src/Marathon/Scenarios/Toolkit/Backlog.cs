namespace Marathon.Scenarios.Toolkit;

/// <summary>Conditions and assertions on what consumers have yet to read.</summary>
public static class Backlog
{
    /// <summary>The backlog has grown to this many bytes.</summary>
    public static Condition AtLeast(long bytes) => new(Measure.BacklogBytes, Comparison.AtLeast, bytes);

    /// <summary>The backlog is gone within a time.</summary>
    public static Assertion Drained(TimeSpan within) => new(
        "backlog-drained", new(Measure.BacklogRecords, Comparison.AtMost, 0), "records", Severity.Error, AssertionBlame.Violation, within);
}
