namespace Marathon.Verification;

/// <summary>Bounds that keep the checker's memory constant. What exceeds one is said to, and makes the verdict indeterminate.</summary>
public sealed record CheckerLimits
{
    /// <summary>The limits of a production run.</summary>
    public static CheckerLimits Default { get; } = new();

    /// <summary>Runs of sequences per stream and segment, and intervals per set of a producer's partition.</summary>
    public int Runs { get; init; } = 1024;

    /// <summary>Segments per consumer and partition that are kept apart.</summary>
    public int Segments { get; init; } = 1024;

    /// <summary>Closed segments that stay apart while no commit is known, for a replacement may start between them.</summary>
    public int RecentSegments { get; init; } = 8;

    /// <summary>Segments end at multiples of this.</summary>
    public long SegmentOffsets { get; init; } = 65_536;

    /// <summary>Examples per kind of anomaly and segment.</summary>
    public int Examples { get; init; } = 8;

    /// <summary>Offsets per segment of records too corrupt to say which they are.</summary>
    public int CorruptOffsets { get; init; } = 1024;

    /// <summary>Closed transactions that are remembered per incarnation.</summary>
    public int Transactions { get; init; } = 1024;

    /// <summary>Transactions that one transaction is known to have read from.</summary>
    public int ReadFrom { get; init; } = 64;

    /// <summary>Assignments per consumer and partition that are remembered.</summary>
    public int Ownerships { get; init; } = 256;

    /// <summary>Keys per partition whose order is followed.</summary>
    public int Keys { get; init; } = 4096;
}
