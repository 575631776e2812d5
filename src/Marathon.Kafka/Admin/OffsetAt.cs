namespace Marathon.Kafka.Admin;

/// <summary>Which offset of a partition is asked for.</summary>
public enum OffsetAt
{
    /// <summary>The log start offset.</summary>
    Earliest,

    /// <summary>The high watermark.</summary>
    Latest,

    /// <summary>The last stable offset: no transaction is open below it.</summary>
    LatestStable,
}
