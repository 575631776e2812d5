using System.Collections.Immutable;

namespace Marathon.Testbed.Control;

/// <summary>Spreads the replicas of new partitions: leaders round robin from a random start, followers on the next brokers.</summary>
internal static class ReplicaAssignment
{
    public static ImmutableArray<int> For(int partition, int replicationFactor, IReadOnlyList<int> brokers, int start, int shift)
    {
        var first = (start + partition) % brokers.Count;
        var gap = brokers.Count < 2 ? 0 : (shift + partition / brokers.Count) % (brokers.Count - 1);
        var replicas = ImmutableArray.CreateBuilder<int>(replicationFactor);
        replicas.Add(brokers[first]);
        for (var i = 0; i < replicationFactor - 1; i++)
            replicas.Add(brokers[(first + 1 + (gap + i) % (brokers.Count - 1)) % brokers.Count]);
        return replicas.MoveToImmutable();
    }
}
