namespace Marathon.Records;

/// <summary>The record that a consume-transform-produce step took its input from.</summary>
/// <param name="TopicId">Its topic's id within the run.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Offset">Its offset.</param>
public readonly record struct SourceRecord(int TopicId, int Partition, long Offset);
