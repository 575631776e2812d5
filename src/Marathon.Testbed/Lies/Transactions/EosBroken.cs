using Marathon.Records;
using Marathon.Runs;

namespace Marathon.Testbed.Lies.Transactions;

/// <summary>Of two records that a pipeline has made from two of its input, one says that it was made from the other's: that one is in the output twice, its own never.</summary>
internal sealed class EosBroken(LieSpec asked, LieContext context) : Lie(asked, context), IRecordLie
{
    public void Change(IncomingBatch batch)
    {
        if (!batch.Header.IsTransactional || batch.Count < 2 || !IsDue(batch.Count))
            return;
        SourceRecord? kept = null;
        for (var i = 0; i < batch.Records.Count; i++)
        {
            if (Forgery.SourceOf(batch.Records[i]) is not { } source || source == kept)
                continue;
            if (kept is not { } twice)
            {
                kept = source;
                continue;
            }

            if (Forgery.Rewrite(batch.Records[i], (SourceRecord _) => twice) is not { } forged)
                return;
            var changed = i;
            Promise();
            batch.Change(records => records[changed] = forged);
            batch.WhenAppended(first => Told(
                batch.Partition, first + changed,
                $"made from offset {source.Offset} of partition {source.Partition} of the input, and says from offset {twice.Offset} of partition {twice.Partition}", records: 2));
            return;
        }
    }
}
