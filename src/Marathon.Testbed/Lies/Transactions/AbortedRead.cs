using Marathon.Runs;
using Marathon.Testbed.Apis.Fetch;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Lies.Transactions;

/// <summary>Keeps from a read_committed consumer that a transaction was aborted. Counted in records that it is given of it.</summary>
internal sealed class AbortedRead(LieSpec asked, LieContext context) : Lie(asked, context)
{
    /// <summary>Of the aborted transactions that begin in a consumer's answer, keeps one from it.</summary>
    public void Change(TopicPartition partition, List<FetchPartition.Aborted> aborted, RecordSet records)
    {
        if (records.Length == 0)
            return;
        RecordBatchHeader[] batches = [.. BatchReader.Batches(records.Contiguous()).Select(batch => RecordBatchHeader.Read(batch.Span))];
        var there = aborted.FindAll(each => each.FirstOffset >= batches[0].BaseOffset && each.FirstOffset < batches[^1].NextOffset);
        if (!IsDue(there.Count))
            return;
        Promise();
        var kept = there[Random.Next(there.Count)];
        aborted.Remove(kept);
        var given = batches.Where(batch => batch.ProducerId == kept.ProducerId && batch.BaseOffset >= kept.FirstOffset)
            .TakeWhile(batch => !batch.IsControl).Sum(batch => batch.RecordCount);
        Told(partition, kept.FirstOffset, $"a transaction of producer id {kept.ProducerId} was aborted, and a read_committed consumer is not told", given);
    }
}
