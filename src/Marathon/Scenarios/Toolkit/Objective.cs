namespace Marathon.Scenarios.Toolkit;

/// <summary>Assertions on rate and latency.</summary>
public static class Objective
{
    /// <summary>Acknowledged records as a share of the offered load.</summary>
    public static Assertion OfferedLoad(double minimumShare) => new(
        "offered-load", new(Measure.OfferedLoadShare, Comparison.AtLeast, minimumShare), "share of offered records", Severity.Error, AssertionBlame.HarnessFault);

    /// <summary>Publish latency, 99th percentile.</summary>
    public static Assertion PublishP99(TimeSpan limit) => new(
        "publish-p99", new(Measure.PublishP99Seconds, Comparison.AtMost, limit.TotalSeconds), "s", Severity.Warning, AssertionBlame.SloMiss);

    /// <summary>End-to-end latency, 99th percentile.</summary>
    public static Assertion EndToEndP99(TimeSpan limit) => new(
        "end-to-end-p99", new(Measure.EndToEndP99Seconds, Comparison.AtMost, limit.TotalSeconds), "s", Severity.Warning, AssertionBlame.SloMiss);

    /// <summary>Acknowledged records per second.</summary>
    public static Assertion MinRate(double recordsPerSecond) => new(
        "min-rate", new(Measure.AckedPerSecond, Comparison.AtLeast, recordsPerSecond), "records/s", Severity.Warning, AssertionBlame.SloMiss);
}
