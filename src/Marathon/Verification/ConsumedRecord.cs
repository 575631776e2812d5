namespace Marathon.Verification;

/// <summary>A record as a client hands it over.</summary>
public readonly ref struct ConsumedRecord
{
    /// <summary>A record without a timestamp.</summary>
    public ConsumedRecord() => (CreateTime, LogAppendTime) = (-1, -1);

    /// <summary>Its offset.</summary>
    public required long Offset { get; init; }

    /// <summary>Its key; empty when there is none.</summary>
    public ReadOnlySpan<byte> Key { get; init; }

    /// <summary>Its value.</summary>
    public required ReadOnlySpan<byte> Value { get; init; }

    /// <summary>Its headers in the form of <see cref="Records.RecordHeaders"/>.</summary>
    public ReadOnlySpan<byte> Headers { get; init; }

    /// <summary>CreateTime in milliseconds since the Unix epoch; -1 when the timestamp is of another type.</summary>
    public long CreateTime { get; init; }

    /// <summary>LogAppendTime in milliseconds since the Unix epoch; -1 when the timestamp is of another type.</summary>
    public long LogAppendTime { get; init; }

    /// <summary>When the client had it, in nanoseconds since the Unix epoch.</summary>
    public required long ReceivedAt { get; init; }
}
