namespace Marathon.Workers;

/// <summary>What one life of a worker has done since its start. All counts are cumulative.</summary>
public sealed record LoadCounters
{
    /// <summary>Records handed to the client.</summary>
    public long Sent { get; init; }

    /// <summary>Records acknowledged.</summary>
    public long Acked { get; init; }

    /// <summary>Records that definitely failed.</summary>
    public long Failed { get; init; }

    /// <summary>Records of which nobody can say.</summary>
    public long Indeterminate { get; init; }

    /// <summary>Records read, rereads included.</summary>
    public long Received { get; init; }

    /// <summary>Bytes of keys and values acknowledged.</summary>
    public long BytesAcked { get; init; }

    /// <summary>Bytes of keys and values read.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Records that the open-loop schedule has called for so far; at max rate, the records sent.</summary>
    public long Scheduled { get; init; }

    /// <summary>Anomalies seen in the stream so far, by kind.</summary>
    public IReadOnlyDictionary<string, long> Anomalies { get; init; } = new Dictionary<string, long>();
}
