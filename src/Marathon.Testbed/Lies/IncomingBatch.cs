using Marathon.Testbed.Cluster;
using Marathon.Testbed.Protocol;
using Marathon.Testbed.Records;
using Marathon.Testbed.Replication;

namespace Marathon.Testbed.Lies;

/// <summary>A client's batch on its way into a leader's log, as lies make it. Offsets count from 0 until it is in the log.</summary>
internal sealed class IncomingBatch(Broker broker, Replica replica, ReadOnlyMemory<byte> bytes, RecordBatchHeader header)
{
    // The client library does not get past an empty batch that nothing follows; a marker that ends no transaction helps it.
    private const long NobodysProducerId = long.MaxValue;

    private readonly List<Action<long>> _whenAppended = [];
    private readonly List<byte[]> _following = [];
    private List<LogRecord>? _records;
    private bool _isChanged;

    public TopicPartition Partition => replica.Partition;

    public RecordBatchHeader Header => header;

    public int Count => header.RecordCount;

    /// <summary>A lie is told about it. One is enough: two about one record would make a third.</summary>
    public bool IsLiedAbout => _whenAppended.Count > 0;

    /// <summary>What the client is told in place of the truth; none where the truth will do.</summary>
    public ErrorCode FalseError { get; set; }

    /// <summary>The offset that the client is told, of the one that is true; null where the truth will do.</summary>
    public Func<long, long>? FalseOffset { get; set; }

    /// <summary>Its records; to change them, <see cref="Change"/>. None where they do not decode.</summary>
    public IReadOnlyList<LogRecord> Records => _records ??= Open();

    /// <summary>What of a topic's other partitions this broker leads.</summary>
    public IReadOnlyList<Replica> Neighbours =>
        [.. broker.Replicas.All.Where(other => other.IsLeader && other.Partition.Topic == Partition.Topic && other != replica)];

    public void Change(Action<List<LogRecord>> change)
    {
        _ = Records;
        change(_records!);
        _isChanged = true;
    }

    /// <summary>A batch that is appended right after this one.</summary>
    public void Follow(byte[] batch) => _following.Add(batch);

    /// <summary>Removes what is in the log below an offset; false when nothing was there.</summary>
    public bool RemoveBefore(long offset) => replica.RemoveBefore(offset) is { Error: ErrorCode.None, Removed: true };

    /// <summary>Nobody who reads committed records alone gets beyond that offset any more.</summary>
    public void HoldLastStableOffset(long offset) => replica.HoldLastStableOffset(offset);

    /// <summary>Called with the batch's first offset once it is in the log; a repetition of an earlier batch never is.</summary>
    public void WhenAppended(Action<long> tell) => _whenAppended.Add(tell);

    public (ReadOnlyMemory<byte> Bytes, RecordBatchHeader Header) Build()
    {
        if (!_isChanged || _records is null)
            return (bytes, header);
        var latest = _records.Count == 0 ? header.MaxTimestamp : Math.Max(header.BaseTimestamp, _records.Max(record => record.Timestamp));
        var rewritten = BatchWriter.Write(header.IsLogAppendTime ? header : header with { MaxTimestamp = latest }, _records);
        return (rewritten, RecordBatchHeader.Read(rewritten));
    }

    public void Appended(in AppendOutcome outcome)
    {
        if (outcome.Error != ErrorCode.None || outcome.IsRepeated)
            return;
        if (_isChanged && _records is [])
            replica.AppendOwn(new ControlMarker(Committed: false, CoordinatorEpoch: 0).ToBatch(NobodysProducerId, 0, header.MaxTimestamp), outcome.LeaderEpoch);
        foreach (var batch in _following)
            replica.AppendOwn(batch, outcome.LeaderEpoch);
        foreach (var tell in _whenAppended)
            tell(outcome.BaseOffset);
    }

    private List<LogRecord> Open()
    {
        try
        {
            return BatchReader.Records(bytes);
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }
}
