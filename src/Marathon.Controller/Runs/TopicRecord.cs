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
}
