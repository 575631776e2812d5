namespace Marathon.Verification;

/// <summary>
/// Offsets that a partition's leader, asked before and after, said were there, and gave nothing of to a fresh consumer that met no
/// error: neither a record nor the end of the log.
/// </summary>
/// <param name="Partition">The partition.</param>
/// <param name="From">Where that consumer stood all the time.</param>
/// <param name="To">The end that the leader told, the least of all times.</param>
/// <param name="Readings">How many consumers stood there, one after the other.</param>
/// <param name="Seconds">For how long, all together.</param>
public sealed record WithheldOffsets(int Partition, long From, long To, int Readings, double Seconds)
{
    /// <summary>Fewer may be a bad moment of an overloaded machine.</summary>
    public const int ReadingsAtLeast = 3;

    /// <summary>Whether the cluster withholds all of these, as far as anybody will wait.</summary>
    public bool Covers(int partition, Intervals offsets) =>
        Readings >= ReadingsAtLeast && partition == Partition && !offsets.IsEmpty && offsets.Except(Intervals.Of(From, To)).IsEmpty;

    /// <summary>These after one more reading.</summary>
    public WithheldOffsets Again(WithheldOffsets later) =>
        this with { To = Math.Min(To, later.To), Readings = Readings + later.Readings, Seconds = Seconds + later.Seconds };

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"the leader answers and says that the log goes on to offset {To}, and gave {Readings} consumers nothing from {From} on in {Seconds:0} s");
}
