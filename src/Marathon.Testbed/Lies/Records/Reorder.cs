using Marathon.Runs;

namespace Marathon.Testbed.Lies.Records;

/// <summary>Two neighbours in a batch change places.</summary>
internal sealed class Reorder(LieSpec asked, LieContext context) : Lie(asked, context), IRecordLie
{
    public void Change(IncomingBatch batch)
    {
        if (!IsDue(batch.Count) || batch.Records.Count < 2)
            return;
        Promise();
        var at = Random.Next(batch.Records.Count - 1);
        batch.Change(records => Swap.Places(records, at, at + 1));
        batch.WhenAppended(first => Told(batch.Partition, first + batch.Records[at].Offset, "changed places with the record after it"));
    }
}
