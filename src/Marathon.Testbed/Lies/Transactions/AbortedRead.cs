using Marathon.Runs;
using Marathon.Testbed.Apis.Fetch;
using Marathon.Testbed.Cluster;

namespace Marathon.Testbed.Lies.Transactions;

/// <summary>Keeps from a read_committed consumer that a transaction was aborted.</summary>
internal sealed class AbortedRead(LieSpec asked, LieContext context) : Lie(asked, context)
{
    /// <summary>Of the aborted transactions in a consumer's answer, keeps one from it.</summary>
    public void Change(TopicPartition partition, List<FetchPartition.Aborted> aborted, long firstOffset, long nextOffset)
    {
        var there = aborted.FindAll(each => each.FirstOffset >= firstOffset && each.FirstOffset < nextOffset);
        if (!IsDue(there.Count))
            return;
        Promise();
        var kept = there[Random.Next(there.Count)];
        aborted.Remove(kept);
        Told(partition, kept.FirstOffset, $"a transaction of producer id {kept.ProducerId} was aborted, and a read_committed consumer is not told");
    }
}
