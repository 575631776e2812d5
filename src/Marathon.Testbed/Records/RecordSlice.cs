using Marathon.Testbed.Storage;

namespace Marathon.Testbed.Records;

/// <summary>Bytes of record batches: in memory, or in a segment file where <see cref="File"/> is set.</summary>
internal readonly record struct RecordSlice(ReadOnlyMemory<byte> Memory, SegmentFile? File, long FilePosition, int Length)
{
    public RecordSlice(ReadOnlyMemory<byte> memory)
        : this(memory, null, 0, memory.Length)
    {
    }

    public ReadOnlyMemory<byte> Load()
    {
        if (File is null)
            return Memory;
        var loaded = new byte[Length];
        File.Read(FilePosition, loaded);
        return loaded;
    }
}
