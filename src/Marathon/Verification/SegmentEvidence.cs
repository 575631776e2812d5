namespace Marathon.Verification;

/// <summary>
/// Offsets from <see cref="First"/> up to, and without, <see cref="Next"/>, all of which the consumer passed, in order.
/// Adjacent segments add up to one.
/// </summary>
public sealed record SegmentEvidence
{
    /// <summary>The first offset.</summary>
    public required long First { get; init; }

    /// <summary>The offset after the last.</summary>
    public required long Next { get; init; }

    /// <summary>What was read, by stream.</summary>
    public IReadOnlyList<StreamEvidence> Streams { get; init; } = [];

    /// <summary>
    /// Where the records' content came from, by <see cref="Records.SourceRecord"/>: one for each source partition, with incarnation 0
    /// and the offsets of the source as sequences.
    /// </summary>
    public IReadOnlyList<StreamEvidence> Sources { get; init; } = [];

    /// <summary>Records that are half of a transfer (<see cref="Records.Transfer"/>).</summary>
    public long Transfers { get; init; }

    /// <summary>What they add up to: the amount where a record's key gets it, less the amount where its key gives it. Wraps around.</summary>
    public long TransferBalance { get; init; }

    /// <summary>Anomalies seen at these offsets.</summary>
    public IReadOnlyList<AnomalyTally> Anomalies { get; init; } = [];

    /// <summary>Offsets of records too corrupt to say which they are; at most <see cref="CheckerLimits.CorruptOffsets"/>.</summary>
    public Intervals CorruptOffsets { get; init; } = Intervals.Empty;

    /// <summary>Such records whose offsets found no room.</summary>
    public long CorruptUnlisted { get; init; }

    /// <summary>
    /// Records without a readable header of the format, counted as corrupt too; in a topic that others write to as well they
    /// are theirs.
    /// </summary>
    public long Unreadable { get; init; }
}
