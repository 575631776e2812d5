namespace Marathon.Verification;

/// <summary>Names a stream: what one incarnation sent to one partition, wherever it is read.</summary>
public readonly record struct StreamKey(long Incarnation, int TopicId, int Partition)
{
    /// <summary>By incarnation, topic and partition.</summary>
    public static IComparer<StreamKey> Ascending { get; } = Comparer<StreamKey>.Create((left, right) =>
        (left.Incarnation, left.TopicId, left.Partition).CompareTo((right.Incarnation, right.TopicId, right.Partition)));
}
