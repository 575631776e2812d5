using System.Collections.Concurrent;
using Marathon.Testbed.Coordination;
using Marathon.Testbed.Records;
using Marathon.Testbed.Replication;

namespace Marathon.Testbed.Transactions;

/// <summary>The transactional ids of one partition of <c>__transaction_state</c>.</summary>
internal sealed class TransactionPartition(Replica replica, int leaderEpoch, TimeProvider time) : CoordinatorPartition(replica, leaderEpoch)
{
    public ConcurrentDictionary<string, TransactionEntry> Entries { get; } = new(StringComparer.Ordinal);

    public bool Load() => Replay(batch =>
    {
        foreach (var record in BatchReader.Records(batch))
        {
            if (record.Key is not { } key || CoordinatorRecord.Version(key) != TransactionLogKey.Type)
                continue;
            var id = CoordinatorRecord.Read<TransactionLogKey>(key).TransactionalId;
            if (record.Value is { } value)
                Entries[id] = new TransactionEntry(this, time, CoordinatorRecord.Read<TransactionLogValue>(value).ToMetadata(id));
            else
                Entries.TryRemove(id, out _);
        }
    });
}
