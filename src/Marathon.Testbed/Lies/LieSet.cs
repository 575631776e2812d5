using System.Collections.Concurrent;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Metadata;
using Marathon.Testbed.Records;
using Marathon.Testbed.Replication;

namespace Marathon.Testbed.Lies;

/// <summary>The lies that a cluster was asked for. About internal topics nobody lies.</summary>
internal sealed class LieSet
{
    private readonly Lie[] _all;
    private readonly IRecordLie[] _records;
    private readonly IRecordWatch[] _watches;
    private readonly IReadingLie[] _reading;
    private readonly IOffsetLie[] _offsets;
    private readonly ConcurrentDictionary<TopicPartition, long> _given = new();
    private int _first;

    /// <exception cref="TestbedException">A lie is malformed, unknown, or asked for twice.</exception>
    public LieSet(IReadOnlyList<string> asked, LieContext context)
    {
        _all = [.. asked.Select(text => LieCatalog.Make(text, context))];
        if (_all.GroupBy(lie => lie.Kind).FirstOrDefault(kind => kind.Count() > 1) is { } twice)
            throw new TestbedException($"--lie {twice.Key} is given twice; name each kind once");
        (_records, _watches) = (Of<IRecordLie>(), Of<IRecordWatch>());
        (_reading, _offsets) = (Of<IReadingLie>(), Of<IOffsetLie>());
    }

    public IReadOnlyList<LieReport> Reports => [.. _all.Select(lie => lie.Report)];

    /// <summary>A client's batch as it is to be appended; null where there is nothing to lie about.</summary>
    public IncomingBatch? Incoming(Broker broker, Replica replica, ReadOnlyMemory<byte> bytes, in RecordBatchHeader header)
    {
        if (_records.Length + _watches.Length == 0 || IsInternal(replica.Partition))
            return null;
        var batch = new IncomingBatch(broker, replica, bytes, header);
        lock (_records)
        {
            // Each has its turn to be the first, so that none keeps the others from being told.
            _first++;
            for (var i = 0; i < _records.Length && !batch.IsLiedAbout; i++)
                _records[(int)((uint)(_first + i) % _records.Length)].Change(batch);
            foreach (var watch in _watches)
                watch.Watch(batch);
        }

        return batch;
    }

    /// <summary>What a consumer is to be given.</summary>
    /// <param name="nextOffset">One past the last offset of the records.</param>
    public RecordSet Outgoing(TopicPartition partition, string clientId, RecordSet records, long nextOffset)
    {
        if (_reading.Length == 0 || IsInternal(partition))
            return records;
        var outgoing = new OutgoingRecords(partition, clientId, records, _given.GetValueOrDefault(partition));
        lock (_reading)
        {
            foreach (var lie in _reading)
                lie.Change(outgoing);
        }

        _given.AddOrUpdate(partition, nextOffset, (_, before) => Math.Max(before, nextOffset));
        return outgoing.Build();
    }

    public long Offset(TopicPartition partition, long timestamp, long offset)
    {
        if (_offsets.Length == 0 || IsInternal(partition))
            return offset;
        lock (_offsets)
        {
            foreach (var lie in _offsets)
                offset = lie.Change(partition, timestamp, offset);
        }

        return offset;
    }

    /// <summary>The lie of that class, if it is told.</summary>
    public T? Find<T>()
        where T : Lie => Array.Find(_all, lie => lie is T) as T;

    /// <summary>The lies of that sort.</summary>
    public IEnumerable<T> FindAll<T>()
        where T : Lie => _all.OfType<T>();

    private static bool IsInternal(TopicPartition partition) => TopicImage.IsInternalName(partition.Topic);

    private T[] Of<T>() => [.. _all.OfType<T>()];
}
