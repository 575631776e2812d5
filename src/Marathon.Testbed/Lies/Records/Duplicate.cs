using Marathon.Runs;

namespace Marathon.Testbed.Lies.Records;

/// <summary>Writes a record twice, at two offsets.</summary>
internal sealed class Duplicate(LieSpec asked, LieContext context) : Lie(asked, context), IRecordLie
{
    public void Change(IncomingBatch batch)
    {
        if (!IsDue(batch.Count) || batch.Records.Count == 0)
            return;
        Promise();
        var doubled = batch.Records[Random.Next(batch.Records.Count)];
        batch.Follow(Forgery.Follow(doubled, batch.Header, inTransaction: true));
        batch.WhenAppended(first => Told(batch.Partition, first + doubled.Offset, "written a second time, after its batch"));
    }
}
