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

    /// <summary>Compacted: the latest record of every key must stay.</summary>
    public bool Compacted { get; init; }

    /// <summary>How long tombstones are kept at least (delete.retention.ms).</summary>
    public TimeSpan DeleteRetention { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long records are kept at least (retention.ms, and no retention.bytes); null where nothing is promised.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>When the topic was made, in nanoseconds since the Unix epoch.</summary>
    public long MadeAt { get; init; }

    /// <summary>When <see cref="StartOffsets"/> was asked for, in nanoseconds since the Unix epoch.</summary>
    public long AskedAt { get; init; }

    /// <summary>By partition, ListOffsets(earliest) when the topic was made; 0 where not given.</summary>
    public IReadOnlyDictionary<int, long> FirstOffsets { get; init; } = new Dictionary<int, long>();

    /// <summary>By partition, its ends over time, by time.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<OffsetSample>> Samples { get; init; } = new Dictionary<int, IReadOnlyList<OffsetSample>>();

    /// <summary>Timestamps are LogAppendTime.</summary>
    public bool LogAppendTime { get; init; }

    /// <summary>By partition, ListOffsets(earliest) after the drain; 0 where not given.</summary>
    public IReadOnlyDictionary<int, long> StartOffsets { get; init; } = new Dictionary<int, long>();

    /// <summary>What fresh consumers were not given although it is there.</summary>
    public IReadOnlyList<WithheldOffsets> Withheld { get; init; } = [];

    /// <summary>What the log held around places where something is wrong.</summary>
    public IReadOnlyList<LogExcerpt> Excerpts { get; init; } = [];

    /// <summary>By partition, ListOffsets(latest) after the drain, stable for some seconds; empty while not known.</summary>
    public IReadOnlyDictionary<int, long> EndOffsets { get; init; } = new Dictionary<int, long>();
}
