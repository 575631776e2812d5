using Marathon.Verification;

namespace Marathon.Controller.Runs;

/// <summary>A topic that was made for the run.</summary>
/// <param name="Attempt">The attempt that made it.</param>
/// <param name="Name">Topic name.</param>
/// <param name="Id">Id in record headers.</param>
/// <param name="Partitions">Number of partitions.</param>
/// <param name="StartOffsets">First offset of each partition when it was made: nothing of the run lies below.</param>
/// <param name="Deleted">Whether it was removed again.</param>
public sealed record TopicRecord(int Attempt, string Name, int Id, int Partitions, IReadOnlyList<long> StartOffsets, bool Deleted = false)
{
    /// <summary>End offset of each partition after the drain; empty while not known.</summary>
    public IReadOnlyList<long> EndOffsets { get; init; } = [];

    /// <summary>First offset of each partition after the drain; empty while not known.</summary>
    public IReadOnlyList<long> LowOffsets { get; init; } = [];

    /// <summary>When <see cref="LowOffsets"/> was asked for.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>By partition, its ends while it was waited for transactions to end.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<OffsetSample>> Samples { get; init; } = new Dictionary<int, IReadOnlyList<OffsetSample>>();

    /// <summary>What was found by asking the cluster, beside the evidence.</summary>
    public IReadOnlyList<AnomalyTally> Observed { get; init; } = [];

    /// <summary>What fresh consumers were not given although it is there.</summary>
    public IReadOnlyList<WithheldOffsets> Withheld { get; init; } = [];

    /// <summary>What the log held around places where something is wrong.</summary>
    public IReadOnlyList<LogExcerpt> Excerpts { get; init; } = [];
}
