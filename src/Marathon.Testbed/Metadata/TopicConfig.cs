using System.Collections.Immutable;
using System.Globalization;

namespace Marathon.Testbed.Metadata;

/// <summary>A topic's settings: what was set on it, over the cluster's defaults, over Kafka's.</summary>
internal sealed class TopicConfig(ImmutableSortedDictionary<string, string> overrides, ImmutableDictionary<string, string> clusterDefaults)
{
    public ImmutableSortedDictionary<string, string> Overrides { get; } = overrides;

    public int MaxMessageBytes { get; } = (int)Number(TopicConfigCatalog.MaxMessageBytes, overrides, clusterDefaults);

    public int MinInsyncReplicas { get; } = (int)Number(TopicConfigCatalog.MinInsyncReplicas, overrides, clusterDefaults);

    public long RetentionMs { get; } = Number(TopicConfigCatalog.RetentionMs, overrides, clusterDefaults);

    public long RetentionBytes { get; } = Number(TopicConfigCatalog.RetentionBytes, overrides, clusterDefaults);

    public long SegmentBytes { get; } = Number(TopicConfigCatalog.SegmentBytes, overrides, clusterDefaults);

    public long SegmentMs { get; } = Number(TopicConfigCatalog.SegmentMs, overrides, clusterDefaults);

    public long DeleteRetentionMs { get; } = Number(TopicConfigCatalog.DeleteRetentionMs, overrides, clusterDefaults);

    public long MinCompactionLagMs { get; } = Number(TopicConfigCatalog.MinCompactionLagMs, overrides, clusterDefaults);

    public double MinCleanableDirtyRatio { get; } = double.Parse(
        Value(TopicConfigCatalog.MinCleanableDirtyRatio, overrides, clusterDefaults), CultureInfo.InvariantCulture);

    public bool UncleanLeaderElection { get; } = Value(TopicConfigCatalog.UncleanLeaderElection, overrides, clusterDefaults) == "true";

    public bool LogAppendTime { get; } = Value(TopicConfigCatalog.MessageTimestampType, overrides, clusterDefaults) == "LogAppendTime";

    public bool IsCompacted { get; } = Policies(overrides, clusterDefaults).Contains("compact");

    public bool IsDeleted { get; } = Policies(overrides, clusterDefaults).Contains("delete");

    public string Value(string name) => Value(name, Overrides, clusterDefaults);

    public bool IsClusterDefault(string name) => clusterDefaults.ContainsKey(name);

    public TopicConfig With(ImmutableSortedDictionary<string, string> newOverrides) => new(newOverrides, clusterDefaults);

    private static string Value(
        string name, ImmutableSortedDictionary<string, string> overrides, ImmutableDictionary<string, string> clusterDefaults) =>
        overrides.TryGetValue(name, out var value) || clusterDefaults.TryGetValue(name, out value)
            ? value
            : TopicConfigCatalog.Find(name)!.Default;

    private static long Number(
        string name, ImmutableSortedDictionary<string, string> overrides, ImmutableDictionary<string, string> clusterDefaults) =>
        long.Parse(Value(name, overrides, clusterDefaults), CultureInfo.InvariantCulture);

    private static string[] Policies(
        ImmutableSortedDictionary<string, string> overrides, ImmutableDictionary<string, string> clusterDefaults) =>
        Value(TopicConfigCatalog.CleanupPolicy, overrides, clusterDefaults).Split(',', StringSplitOptions.TrimEntries);
}
