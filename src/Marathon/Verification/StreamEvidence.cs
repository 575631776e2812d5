using System.Text.Json.Serialization;

namespace Marathon.Verification;

/// <summary>
/// The records of one stream within a segment. A stream is what one incarnation sent to one partition; its home is the
/// partition in the records' headers, which is where they are read unless the broker mixed them up.
/// </summary>
public sealed record StreamEvidence
{
    /// <summary>The producer's incarnation.</summary>
    public required long Incarnation { get; init; }

    /// <summary>Topic id of the home.</summary>
    public required int TopicId { get; init; }

    /// <summary>Partition of the home.</summary>
    public required int Partition { get; init; }

    /// <summary>Records, each offset once. Less the distinct sequences that is the number of duplicates.</summary>
    public required long Count { get; init; }

    /// <summary>
    /// Sum, modulo 2^64, of a mix of (sequence, offset, checksum) of each record: independent of order, and additive. Whoever
    /// reads the same offsets must get the same.
    /// </summary>
    public required ulong Digest { get; init; }

    /// <summary>Distinct sequences.</summary>
    [JsonConverter(typeof(SequenceRunsJsonConverter))]
    public required IReadOnlyList<SequenceRun> Runs { get; init; }

    /// <summary>Sequences whose first reading came after that of a higher one: out of order.</summary>
    public Intervals Late { get; init; } = Intervals.Empty;

    /// <summary>Late sequences that found no room in <see cref="Late"/>.</summary>
    public long LateUnlisted { get; init; }

    /// <summary>Records of which a bound on runs made it impossible to say whether they are late or duplicates.</summary>
    public long Doubtful { get; init; }
}
