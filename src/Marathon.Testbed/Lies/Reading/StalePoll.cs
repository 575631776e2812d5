using Marathon.Runs;

namespace Marathon.Testbed.Lies.Reading;

/// <summary>Within one answer goes back some records and gives them again.</summary>
internal sealed class StalePoll(LieSpec asked, LieContext context) : Lie(asked, context), IReadingLie
{
    private const int MostRepeated = 3;

    public void Change(OutgoingRecords records)
    {
        if (!IsDue() || records.FirstFresh(leastRecords: 2) is not (>= 0 and var index))
            return;
        Promise();
        var (header, all) = records.Open(index);
        var turn = all.Count / 2;
        var back = turn - Math.Min(turn, MostRepeated);
        records.Replace(index, header, [.. all[..turn], .. all[back..]]);
        Told(records.Partition, all[back].Offset, $"comes a second time, after offset {all[turn - 1].Offset}");
    }
}
