namespace Marathon.Verification;

/// <summary>
/// Sequences of one stream that were read, from <paramref name="First"/> to <paramref name="Last"/>, both included, with the
/// offsets of those two records. What is missing between two runs should have been between their offsets.
/// </summary>
/// <param name="First">Lowest sequence.</param>
/// <param name="Last">Highest sequence.</param>
/// <param name="FirstOffset">Offset of the lowest sequence.</param>
/// <param name="LastOffset">Offset of the highest sequence.</param>
/// <param name="Missing">
/// How many sequences within the run were not read, place unknown: not 0 only where a bound forced two runs into one.
/// </param>
public readonly record struct SequenceRun(long First, long Last, long FirstOffset, long LastOffset, long Missing = 0)
{
    /// <summary>Distinct sequences that were read.</summary>
    public long Present => Last - First + 1 - Missing;
}
