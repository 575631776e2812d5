namespace Marathon.Verification;

/// <summary>A segment and who read it.</summary>
internal sealed class Reading(string worker, int epoch, ConsumerEvidence consumer, int order, SegmentEvidence segment)
{
    public ConsumerEvidence Consumer { get; } = consumer;

    public SegmentEvidence Segment { get; } = segment;

    /// <summary>Position among the segments of one consumer and partition.</summary>
    public int Order { get; } = order;

    public long First => Segment.First;

    public long Next => Segment.Next;

    /// <summary>What one consumer read from one position on.</summary>
    public string Reader { get; } = $"{worker}/{epoch}/{consumer.Name}";

    /// <summary>An order that depends on nothing but the evidence, so that the result does not depend on the order of arrival.</summary>
    public static int Compare(Reading left, Reading right)
    {
        var order = left.Next.CompareTo(right.Next);
        if (order == 0)
            order = left.First.CompareTo(right.First);
        if (order == 0)
            order = left.Consumer.Rereader.CompareTo(right.Consumer.Rereader);
        if (order == 0)
            order = string.CompareOrdinal(left.Reader, right.Reader);

        return order == 0 ? left.Order.CompareTo(right.Order) : order;
    }
}
