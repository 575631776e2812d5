namespace Marathon.Kafka.Producing;

/// <summary>
/// The keys of a producer's records. A key belongs to one partition, the remainder of its number by the number of
/// partitions; within a partition the keys take turns.
/// </summary>
internal sealed class RecordKeys
{
    private readonly byte[][] _bytes;
    private readonly long[] _sequences;
    private readonly int[] _next;
    private readonly int _partitions;

    public RecordKeys(int keys, int partitions)
    {
        _partitions = partitions;
        _bytes = [.. Enumerable.Range(0, keys).Select(Records.RecordKey.Of)];
        _sequences = new long[keys];
        _next = [.. Enumerable.Range(0, partitions)];
    }

    /// <summary>Partitions that records go to: those that have a key, or all where there are no keys.</summary>
    public int UsedPartitions => _bytes.Length == 0 ? _partitions : Math.Min(_partitions, _bytes.Length);

    /// <summary>A new incarnation counts every key's records from 0.</summary>
    public void Restart() => Array.Clear(_sequences);

    /// <summary>The next key of a partition.</summary>
    /// <returns>Its number, or -1 where there are no keys; its bytes; the record's place in the key's stream.</returns>
    public (int Id, byte[]? Bytes, long Sequence) Take(int partition)
    {
        if (_bytes.Length == 0)
            return (Records.RecordHeader.NoKey, null, 0);

        var key = _next[partition];
        var following = key + _partitions;
        _next[partition] = following < _bytes.Length ? following : partition;
        return (key, _bytes[key], _sequences[key]++);
    }
}
