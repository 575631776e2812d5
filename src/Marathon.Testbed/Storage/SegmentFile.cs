using Microsoft.Win32.SafeHandles;

namespace Marathon.Testbed.Storage;

/// <summary>
/// A file that holds chunks for which memory had no room. It is removed from the folder when the last of them is gone; whoever
/// still reads it holds the open handle.
/// </summary>
internal sealed class SegmentFile
{
    private readonly SafeFileHandle _handle;
    private int _chunks;
    private bool _full;

    public SegmentFile(string path)
    {
        Path = path;
        _handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
    }

    public string Path { get; }

    public long Length { get; private set; }

    /// <summary>Appends a chunk; one writer at a time. Returns its position.</summary>
    public long Append(ReadOnlySpan<byte> chunk)
    {
        var position = Length;
        RandomAccess.Write(_handle, chunk, position);
        Length += chunk.Length;
        return position;
    }

    public void Read(long position, Span<byte> target)
    {
        while (target.Length > 0)
        {
            var read = RandomAccess.Read(_handle, target, position);
            if (read == 0)
                throw new EndOfStreamException($"{Path} ends before {position}");
            target = target[read..];
            position += read;
        }
    }

    public ValueTask<int> ReadAsync(long position, Memory<byte> target, CancellationToken cancel) =>
        RandomAccess.ReadAsync(_handle, target, position, cancel);

    /// <summary>No further chunk will be appended.</summary>
    public void MarkFull() => DeleteWhen(() => _full = true);

    public void Retain() => DeleteWhen(() => _chunks++);

    public void Release() => DeleteWhen(() => _chunks--);

    private void DeleteWhen(Action change)
    {
        lock (_handle)
        {
            change();
            if (_full && _chunks == 0)
                File.Delete(Path);
        }
    }
}
