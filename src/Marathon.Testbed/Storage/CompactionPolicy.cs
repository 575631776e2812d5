using Marathon.Testbed.Metadata;

namespace Marathon.Testbed.Storage;

/// <summary>What a topic's settings say of compaction.</summary>
internal readonly record struct CompactionPolicy(long SegmentMs, long SegmentBytes, long MinLagMs, double MinDirtyRatio, long DeleteRetentionMs)
{
    public static CompactionPolicy Of(TopicConfig config) => new(
        config.SegmentMs, config.SegmentBytes, config.MinCompactionLagMs, config.MinCleanableDirtyRatio, config.DeleteRetentionMs);
}
