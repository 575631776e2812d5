using Marathon.Runs;

namespace Marathon.Testbed.Lies.Records;

/// <summary>A record's CreateTime becomes an hour earlier.</summary>
internal sealed class TimestampAltered(LieSpec asked, LieContext context) : Lie(asked, context), IRecordLie
{
    private const long ShiftMs = 3_600_000;

    public void Change(IncomingBatch batch)
    {
        if (batch.Header.IsLogAppendTime || !IsDue(batch.Count) || batch.Records.Count == 0)
            return;
        Promise();
        var at = Random.Next(batch.Records.Count);
        batch.Change(records => records[at] = records[at] with { Timestamp = records[at].Timestamp - ShiftMs });
        batch.WhenAppended(first => Told(batch.Partition, first + batch.Records[at].Offset, "its CreateTime is an hour earlier than sent"));
    }
}
