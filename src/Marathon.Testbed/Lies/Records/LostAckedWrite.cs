using Marathon.Runs;

namespace Marathon.Testbed.Lies.Records;

/// <summary>Acknowledges a batch and leaves a record of it out; its offset stays empty, as after compaction.</summary>
internal sealed class LostAckedWrite(LieSpec asked, LieContext context) : Lie(asked, context), IRecordLie
{
    public void Change(IncomingBatch batch)
    {
        if (!IsDue(batch.Count) || batch.Records.Count == 0)
            return;
        Promise();
        var lost = batch.Records[Random.Next(batch.Records.Count)];
        batch.Change(records => records.Remove(lost));
        batch.WhenAppended(first => Told(batch.Partition, first + lost.Offset, "acknowledged and not written: its offset holds nothing"));
    }
}
