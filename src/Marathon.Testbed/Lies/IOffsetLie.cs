using Marathon.Testbed.Cluster;

namespace Marathon.Testbed.Lies;

/// <summary>Changes what ListOffsets answers.</summary>
internal interface IOffsetLie
{
    /// <param name="timestamp">What was asked for: a time, or -1 for the end.</param>
    /// <param name="offset">The truth.</param>
    long Change(TopicPartition partition, long timestamp, long offset);
}
