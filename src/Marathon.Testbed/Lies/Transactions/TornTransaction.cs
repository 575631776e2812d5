using Marathon.Runs;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Metadata;

namespace Marathon.Testbed.Lies.Transactions;

/// <summary>Commits a transaction in all of its partitions but one, where it is aborted.</summary>
internal sealed class TornTransaction(LieSpec asked, LieContext context) : Lie(asked, context)
{
    /// <summary>The partition that is to have another end of the transaction than the others; null where all have the same.</summary>
    public TopicPartition? Tear(string transactionalId, IReadOnlyCollection<TopicPartition> partitions, bool committed)
    {
        TopicPartition[] plain = [.. partitions.Where(partition => !TopicImage.IsInternalName(partition.Topic))];
        if (!committed || plain.Length < 2 || !IsDue())
            return null;
        Promise();
        var torn = plain[Random.Next(plain.Length)];
        Told(torn, -1, $"a transaction of '{transactionalId}' is committed in {plain.Length - 1} partitions and aborted in this one");
        return torn;
    }
}
