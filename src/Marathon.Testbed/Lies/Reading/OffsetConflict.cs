using Marathon.Runs;

namespace Marathon.Testbed.Lies.Reading;

/// <summary>Gives whoever reads an offset again another record than the first reader got.</summary>
internal sealed class OffsetConflict(LieSpec asked, LieContext context) : Lie(asked, context), IReadingLie
{
    /// <summary>Second readings are few and short: none of them may be over before the next telling.</summary>
    protected override TimeSpan DefaultEvery => TimeSpan.FromMilliseconds(20);

    public void Change(OutgoingRecords records)
    {
        if (!IsDue() || records.FirstKnown(leastRecords: 1) is not (>= 0 and var index))
            return;
        var (header, all) = records.Open(index);
        var at = Random.Next(all.Count);
        // Sound, of the same send, and yet another record.
        if (Forgery.Rewrite(all[at], sent => sent with { IntendedAt = sent.IntendedAt - 1 }) is not { } other)
            return;
        Promise();
        all[at] = other;
        records.Replace(index, header, all);
        Told(records.Partition, other.Offset, "is another record than whoever read it first was given");
    }
}
