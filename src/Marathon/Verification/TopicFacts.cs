namespace Marathon.Verification;

/// <summary>A topic of the run.</summary>
public sealed record TopicFacts
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its id in record headers.</summary>
    public required int Id { get; init; }

    /// <summary>Made for this run: whatever else is in it is a phantom.</summary>
    public bool Exclusive { get; init; } = true;

    /// <summary>Compaction or retention may remove records while the run lasts: an absent record is then not lost.</summary>
    public bool Removes { get; init; }

    /// <summary>Timestamps are LogAppendTime.</summary>
    public bool LogAppendTime { get; init; }

    /// <summary>By partition, ListOffsets(earliest) after the drain; 0 where not given.</summary>
    public IReadOnlyDictionary<int, long> StartOffsets { get; init; } = new Dictionary<int, long>();

    /// <summary>By partition, ListOffsets(latest) after the drain, stable for some seconds; empty while not known.</summary>
    public IReadOnlyDictionary<int, long> EndOffsets { get; init; } = new Dictionary<int, long>();
}
