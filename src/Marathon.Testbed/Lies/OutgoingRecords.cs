using Marathon.Testbed.Cluster;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Lies;

/// <summary>Records of one partition on their way to a consumer.</summary>
/// <param name="freshFrom">Nobody was given offsets from here on before.</param>
internal sealed class OutgoingRecords(TopicPartition partition, string clientId, RecordSet records, long freshFrom)
{
    private List<ReadOnlyMemory<byte>>? _batches;
    private bool _isChanged;

    public TopicPartition Partition => partition;

    public string ClientId => clientId;

    public bool IsEmpty => records.Length == 0;

    private List<ReadOnlyMemory<byte>> Batches => _batches ??= [.. BatchReader.Batches(records.Contiguous())];

    /// <summary>The first batch of so many records whose offsets nobody was given before; -1 where there is none.</summary>
    public int FirstFresh(int leastRecords) => Find(header => header.BaseOffset >= freshFrom && header.RecordCount >= leastRecords);

    /// <summary>The first batch of so many records all of whose offsets somebody was given before; -1 where there is none.</summary>
    public int FirstKnown(int leastRecords) => Find(header => header.NextOffset <= freshFrom && header.RecordCount >= leastRecords);

    /// <summary>Leaves out what <paramref name="isLeftOut"/> says of each record and whether somebody was given its offset before.</summary>
    public void LeaveOut(Func<LogRecord, bool, bool> isLeftOut)
    {
        for (var index = 0; !IsEmpty && index < Batches.Count; index++)
        {
            if (RecordBatchHeader.Read(Batches[index].Span).IsControl)
                continue;
            var (header, all) = Open(index);
            if (all.RemoveAll(record => isLeftOut(record, record.Offset < freshFrom)) > 0)
                Replace(index, header, all);
        }
    }

    public (RecordBatchHeader Header, List<LogRecord> Records) Open(int index) =>
        (RecordBatchHeader.Read(Batches[index].Span), BatchReader.Records(Batches[index]));

    public void Replace(int index, RecordBatchHeader header, IReadOnlyList<LogRecord> with)
    {
        Batches[index] = BatchWriter.Write(header, with);
        _isChanged = true;
    }

    /// <summary>Gives nothing at all.</summary>
    public void Withhold()
    {
        Batches.Clear();
        _isChanged = true;
    }

    /// <summary>Gives no batch that has records at an offset or beyond it.</summary>
    public void WithholdFrom(long offset) => _isChanged |= !IsEmpty && Batches.RemoveAll(batch => RecordBatchHeader.Read(batch.Span).NextOffset > offset) > 0;

    public RecordSet Build()
    {
        if (!_isChanged)
            return records;
        var changed = new RecordSet();
        foreach (var batch in Batches)
            changed.Add(new RecordSlice(batch));
        return changed;
    }

    private int Find(Func<RecordBatchHeader, bool> wanted) => IsEmpty
        ? -1
        : Batches.FindIndex(batch => RecordBatchHeader.Read(batch.Span) is { IsControl: false } header && wanted(header));
}
