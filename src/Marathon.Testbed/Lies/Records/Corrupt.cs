using Marathon.Runs;

namespace Marathon.Testbed.Lies.Records;

/// <summary>Turns a bit of a value over and makes the checksum of the batch good again.</summary>
internal sealed class Corrupt(LieSpec asked, LieContext context) : Lie(asked, context), IRecordLie
{
    public void Change(IncomingBatch batch)
    {
        if (!IsDue(batch.Count) || batch.Records.Count == 0)
            return;
        var at = Random.Next(batch.Records.Count);
        if (batch.Records[at].Value is not { Length: > 0 } value)
            return;
        Promise();
        var broken = value.ToArray();
        var position = Random.Next(broken.Length);
        broken[position] ^= (byte)(1 << Random.Next(8));
        batch.Change(records => records[at] = records[at] with { Value = broken });
        batch.WhenAppended(first => Told(batch.Partition, first + batch.Records[at].Offset, $"a bit of byte {position} of its value is turned over"));
    }
}
