namespace Marathon.Verification;

/// <summary>What one consumer has read of one partition, by offset.</summary>
public sealed record PartitionEvidence
{
    /// <summary>The topic.</summary>
    public required string Topic { get; init; }

    /// <summary>Its id in record headers.</summary>
    public required int TopicId { get; init; }

    /// <summary>The partition.</summary>
    public required int Partition { get; init; }

    /// <summary>The offset it reads next: a replacement goes on here. -1 when it was never assigned.</summary>
    public required long NextOffset { get; init; }

    /// <summary>
    /// What was read, in the order of reading. Ends are where an offset was committed, where an assignment ended, and at
    /// multiples of 65,536; settled neighbours are merged into one, the frontier.
    /// </summary>
    public IReadOnlyList<SegmentEvidence> Segments { get; init; } = [];

    /// <summary>When the consumer owned the partition.</summary>
    public IReadOnlyList<Ownership> Ownerships { get; init; } = [];

    /// <summary>Anomalies of this reading, not of the offsets: stale-poll and others that a reread does not repeat.</summary>
    public IReadOnlyList<AnomalyTally> Anomalies { get; init; } = [];

    /// <summary>In a compacted topic, the latest record of each key.</summary>
    public IReadOnlyList<KeyTail> KeyTails { get; init; } = [];

    /// <summary>Segments that were dropped for lack of room: what they held counts as not read.</summary>
    public long DroppedSegments { get; init; }
}
