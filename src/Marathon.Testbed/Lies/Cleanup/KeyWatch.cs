using Marathon.Testbed.Cluster;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Lies.Cleanup;

/// <summary>Knows the latest record of each key, and what has been made away with for good.</summary>
internal sealed class KeyWatch
{
    private const int MaxKeys = 200_000;

    private readonly Dictionary<(TopicPartition Partition, string Key), Latest> _keys = [];
    private readonly HashSet<(TopicPartition Partition, long Offset)> _gone = [];

    /// <param name="FollowsValue">The record of the key before it has a value.</param>
    private readonly record struct Latest(long Offset, bool HasValue, bool FollowsValue);

    public void Watch(IncomingBatch batch)
    {
        (string Key, long Offset, bool HasValue)[] keyed =
            [.. batch.Records.Where(record => record.Key is not null).Select(record => (NameOf(record), record.Offset, record.Value is not null))];
        if (keyed.Length > 0)
            batch.WhenAppended(first => Note(batch.Partition, keyed, first));
    }

    public bool IsLatest(TopicPartition partition, LogRecord record) => Find(partition, record) is { HasValue: true };

    /// <summary>The latest of its key, a deletion, and there is a value right before it.</summary>
    public bool IsTombstoneOfAValue(TopicPartition partition, LogRecord record) => Find(partition, record) is { HasValue: false, FollowsValue: true };

    public bool IsGone(TopicPartition partition, LogRecord record) => _gone.Contains((partition, record.Offset));

    public void MakeAway(TopicPartition partition, LogRecord record) => _gone.Add((partition, record.Offset));

    private static string NameOf(LogRecord record) => Convert.ToHexString(record.Key!.Value.Span);

    private Latest? Find(TopicPartition partition, LogRecord record)
    {
        lock (_keys)
        {
            return record.Key is not null && _keys.TryGetValue((partition, NameOf(record)), out var latest) && latest.Offset == record.Offset
                ? latest
                : null;
        }
    }

    private void Note(TopicPartition partition, (string Key, long Offset, bool HasValue)[] keyed, long first)
    {
        lock (_keys)
        {
            foreach (var (key, offset, hasValue) in keyed)
            {
                var known = _keys.TryGetValue((partition, key), out var before);
                if ((known && before.Offset < first + offset) || (!known && _keys.Count < MaxKeys))
                    _keys[(partition, key)] = new Latest(first + offset, hasValue, known && before.HasValue);
            }
        }
    }
}
