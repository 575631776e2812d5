using Marathon.Runs;

namespace Marathon.Testbed.Lies.Reading;

/// <summary>Leaves a record out of the first answer that has its offset; it is there when the offset is read again.</summary>
internal sealed class PollSkip(LieSpec asked, LieContext context) : Lie(asked, context), IReadingLie
{
    public void Change(OutgoingRecords records)
    {
        if (!IsDue() || records.FirstFresh(leastRecords: 2) is not (>= 0 and var index))
            return;
        Promise();
        var (header, all) = records.Open(index);
        var skipped = all[Random.Next(all.Count)];
        all.Remove(skipped);
        records.Replace(index, header, all);
        Told(records.Partition, skipped.Offset, "left out of the first answer that should have had it");
    }
}
