using System.Globalization;
using Marathon.Scenarios;

namespace Marathon.Controller.Topics;

/// <summary>What the topic's properties promise about records.</summary>
public static class TopicPolicy
{
    /// <summary>Whether compaction leaves the latest record of each key.</summary>
    public static bool IsCompacted(WorkloadConfig config) =>
        config.TopicProperties.TryGetValue("cleanup.policy", out string? policy) && policy.Contains("compact", StringComparison.Ordinal);

    /// <summary>How long records stay at least; null where that is not said, or size removes them too.</summary>
    public static TimeSpan? Retention(WorkloadConfig config) =>
        config.TopicProperties.ContainsKey("retention.bytes") ? null : Milliseconds(config, "retention.ms");

    /// <summary>How long tombstones stay at least; Kafka's default where nothing is said.</summary>
    public static TimeSpan DeleteRetention(WorkloadConfig config) => Milliseconds(config, "delete.retention.ms") ?? TimeSpan.FromDays(1);

    private static TimeSpan? Milliseconds(WorkloadConfig config, string property) =>
        config.TopicProperties.TryGetValue(property, out string? text)
        && long.TryParse(text, CultureInfo.InvariantCulture, out long milliseconds)
        && milliseconds >= 0 && milliseconds < TimeSpan.MaxValue.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(milliseconds)
            : null;
}
