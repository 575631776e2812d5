using System.Collections.Concurrent;
using Marathon.Runs;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Groups;

namespace Marathon.Testbed.Lies.Groups;

/// <summary>Answers an older offset than the group has committed.</summary>
internal sealed class CommitRegression(LieSpec asked, LieContext context) : Lie(asked, context)
{
    /// <summary>Little enough that reading it again costs nobody much.</summary>
    private const long Back = 200;

    private readonly ConcurrentDictionary<(string Group, TopicPartition Partition), bool> _pending = new();

    protected override TimeSpan DefaultEvery => TimeSpan.FromSeconds(5);

    /// <summary>Offsets were committed. Members ask for them after a rebalance only, so there is one.</summary>
    public void OnCommitted(Group group, IEnumerable<TopicPartition> partitions)
    {
        if (!group.HasMembers || !IsDue())
            return;
        Promise();
        foreach (var partition in partitions.Where(partition => group.Offset(partition)?.Offset > 0))
            _pending[(group.Id, partition)] = true;
        group.Rebalance();
    }

    /// <summary>What a client is told that the group has committed.</summary>
    public long Fetched(string group, TopicPartition partition, long offset)
    {
        if (offset <= 0 || !_pending.TryRemove((group, partition), out _))
            return offset;
        var answer = Math.Max(0, offset - Back);
        Told(partition, answer, $"given as committed by group {group}, which had committed {offset}");
        return answer;
    }
}
