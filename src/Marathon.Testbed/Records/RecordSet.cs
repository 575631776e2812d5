namespace Marathon.Testbed.Records;

/// <summary>The records of one partition in a request or response: whole batches, in order, as they are on the wire.</summary>
internal sealed class RecordSet
{
    private readonly List<RecordSlice> _slices = [];

    public RecordSet()
    {
    }

    public RecordSet(ReadOnlyMemory<byte> bytes) => Add(new RecordSlice(bytes));

    public int Length { get; private set; }

    public IReadOnlyList<RecordSlice> Slices => _slices;

    public void Add(RecordSlice slice)
    {
        if (slice.Length == 0)
            return;
        _slices.Add(slice);
        Length += slice.Length;
    }

    /// <summary>All bytes in one piece; copies only where they are in several pieces or in a file.</summary>
    public ReadOnlyMemory<byte> Contiguous()
    {
        if (_slices.Count == 0)
            return default;
        if (_slices.Count == 1)
            return _slices[0].Load();
        var all = new byte[Length];
        var position = 0;
        foreach (var slice in _slices)
        {
            slice.Load().Span.CopyTo(all.AsSpan(position));
            position += slice.Length;
        }

        return all;
    }
}
