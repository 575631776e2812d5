namespace Marathon.Verification;

/// <summary>Names a stream: what one incarnation sent to one partition, wherever it is read.</summary>
public readonly record struct StreamKey(long Incarnation, int TopicId, int Partition);
