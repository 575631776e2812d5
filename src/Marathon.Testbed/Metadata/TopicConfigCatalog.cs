using System.Collections.Frozen;
using System.Globalization;

namespace Marathon.Testbed.Metadata;

/// <summary>The topic settings that the testbed knows, with Kafka's names and defaults. Those it does not act on are kept and shown.</summary>
internal static class TopicConfigCatalog
{
    public const string CleanupPolicy = "cleanup.policy";
    public const string CompressionType = "compression.type";
    public const string DeleteRetentionMs = "delete.retention.ms";
    public const string MaxMessageBytes = "max.message.bytes";
    public const string MessageTimestampType = "message.timestamp.type";
    public const string MinCleanableDirtyRatio = "min.cleanable.dirty.ratio";
    public const string MinCompactionLagMs = "min.compaction.lag.ms";
    public const string MinInsyncReplicas = "min.insync.replicas";
    public const string RetentionBytes = "retention.bytes";
    public const string RetentionMs = "retention.ms";
    public const string SegmentBytes = "segment.bytes";
    public const string SegmentMs = "segment.ms";
    public const string UncleanLeaderElection = "unclean.leader.election.enable";

    private const string LongMax = "9223372036854775807";

    public static IReadOnlyList<ConfigDefinition> All { get; } =
    [
        new(CleanupPolicy, "delete", ConfigType.List, value => value.Split(',').All(part => part.Trim() is "delete" or "compact")),
        new(CompressionType, "producer", ConfigType.String, value => value is "producer" or "uncompressed" or "gzip" or "snappy" or "lz4" or "zstd"),
        Long(DeleteRetentionMs, "86400000", 0),
        Long("file.delete.delay.ms", "60000", 0),
        Long("flush.messages", LongMax, 1),
        Long("flush.ms", LongMax, 0),
        new("follower.replication.throttled.replicas", "", ConfigType.List, _ => true),
        Int("index.interval.bytes", "4096", 0),
        new("leader.replication.throttled.replicas", "", ConfigType.List, _ => true),
        Long("local.retention.bytes", "-2", -2),
        Long("local.retention.ms", "-2", -2),
        Long("max.compaction.lag.ms", LongMax, 1),
        Int(MaxMessageBytes, "1048588", 0),
        Long("message.timestamp.after.max.ms", "3600000", 0),
        Long("message.timestamp.before.max.ms", LongMax, 0),
        new(MessageTimestampType, "CreateTime", ConfigType.String, value => value is "CreateTime" or "LogAppendTime"),
        new(MinCleanableDirtyRatio, "0.5", ConfigType.Double, value => TryDouble(value, out var ratio) && ratio is >= 0 and <= 1),
        Long(MinCompactionLagMs, "0", 0),
        Int(MinInsyncReplicas, "1", 1),
        new("preallocate", "false", ConfigType.Boolean, IsBool),
        new("remote.storage.enable", "false", ConfigType.Boolean, value => value == "false"),
        Long(RetentionBytes, "-1", -1),
        Long(RetentionMs, "604800000", -1),
        Int(SegmentBytes, "1073741824", 14),
        Int("segment.index.bytes", "10485760", 4),
        Long("segment.jitter.ms", "0", 0),
        Long(SegmentMs, "604800000", 1),
        new(UncleanLeaderElection, "false", ConfigType.Boolean, IsBool),
    ];

    private static readonly FrozenDictionary<string, ConfigDefinition> ByName = All.ToFrozenDictionary(definition => definition.Name);

    public static ConfigDefinition? Find(string name) => ByName.GetValueOrDefault(name);

    private static ConfigDefinition Long(string name, string byDefault, long least) =>
        new(name, byDefault, ConfigType.Int64, value => long.TryParse(value, CultureInfo.InvariantCulture, out var number) && number >= least);

    private static ConfigDefinition Int(string name, string byDefault, int least) =>
        new(name, byDefault, ConfigType.Int32, value => int.TryParse(value, CultureInfo.InvariantCulture, out var number) && number >= least);

    private static bool TryDouble(string value, out double number) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private static bool IsBool(string value) => value is "true" or "false";
}
