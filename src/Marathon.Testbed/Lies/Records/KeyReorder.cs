using Marathon.Runs;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Lies.Records;

/// <summary>Two records of one key in a batch change places, and with them those of their producer.</summary>
internal sealed class KeyReorder(LieSpec asked, LieContext context) : Lie(asked, context), IRecordLie
{
    public void Change(IncomingBatch batch)
    {
        if (!IsDue(batch.Count) || Pair(batch.Records) is not var (early, late))
            return;
        Promise();
        batch.Change(records => Swap.Places(records, early, late));
        batch.WhenAppended(first => Told(
            batch.Partition, first + batch.Records[early].Offset, $"changed places with the record of the same key at offset {first + batch.Records[late].Offset}"));
    }

    private static (int Early, int Late)? Pair(IReadOnlyList<LogRecord> records)
    {
        for (var early = 0; early < records.Count; early++)
        {
            for (var late = early + 1; late < records.Count && records[early].Key is not null; late++)
            {
                if (records[late].Key is { } key && key.Span.SequenceEqual(records[early].Key!.Value.Span))
                    return (early, late);
            }
        }

        return null;
    }
}
