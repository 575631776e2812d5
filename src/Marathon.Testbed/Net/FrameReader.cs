using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Net;

/// <summary>
/// Cuts the byte stream of a connection into frames. A frame's size is only a claim: memory is taken as its bytes arrive, within the
/// budget all connections share.
/// </summary>
internal sealed class FrameReader(Socket socket, ReceiveBudget budget) : IDisposable
{
    /// <summary><c>socket.request.max.bytes</c>.</summary>
    private const int MaxFrameBytes = 100 << 20;

    /// <summary>Only a produce request has reason to be larger.</summary>
    private const int MaxOtherFrameBytes = 16 << 20;

    private const int SmallBytes = 16 << 10;
    private const int TrustedBytes = 1 << 20;

    private readonly byte[] _small = ArrayPool<byte>.Shared.Rent(SmallBytes);
    private byte[]? _large;
    private int _reserved;
    private int _start;
    private int _end;

    /// <summary>Counts frames begun; the same odd number for long means that a frame does not get complete.</summary>
    public int Progress { get; private set; }

    /// <summary>The next frame, valid until the next call; null when the client has closed the connection.</summary>
    /// <exception cref="MalformedFrameException">The stream is not one of Kafka frames.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync(CancellationToken cancel)
    {
        ReleaseLarge();
        if (!await FillAsync(4, cancel))
            return null;
        Progress++;
        var size = BinaryPrimitives.ReadInt32BigEndian(_small.AsSpan(_start));
        if (size is < 8 or > MaxFrameBytes)
            throw new MalformedFrameException($"frame of {size} bytes");
        _start += 4;
        var frame = size <= _small.Length ? await SmallAsync(size, cancel) : await LargeAsync(size, cancel);
        Progress++;
        return frame;
    }

    public void Dispose()
    {
        ReleaseLarge();
        ArrayPool<byte>.Shared.Return(_small);
    }

    private async ValueTask<ReadOnlyMemory<byte>> SmallAsync(int size, CancellationToken cancel)
    {
        if (!await FillAsync(size, cancel))
            throw Cut();
        var frame = _small.AsMemory(_start, size);
        _start += size;
        return frame;
    }

    private async ValueTask<ReadOnlyMemory<byte>> LargeAsync(int size, CancellationToken cancel)
    {
        if (!await FillAsync(2, cancel))
            throw Cut();
        if (size > MaxOtherFrameBytes && BinaryPrimitives.ReadInt16BigEndian(_small.AsSpan(_start)) != (short)ApiKey.Produce)
            throw new MalformedFrameException($"frame of {size} bytes that is no produce request");
        var filled = Math.Min(_end - _start, size);
        await GrowAsync(Math.Min(size, TrustedBytes), 0, cancel);
        _small.AsSpan(_start, filled).CopyTo(_large);
        _start += filled;
        while (filled < size)
        {
            if (filled == _reserved)
                await GrowAsync((int)Math.Min(size, _reserved * 2L), filled, cancel);
            var read = await socket.ReceiveAsync(_large.AsMemory(filled, Math.Min(_reserved, size) - filled), cancel);
            if (read == 0)
                throw Cut();
            filled += read;
        }

        return _large.AsMemory(0, size);
    }

    private async ValueTask GrowAsync(int bytes, int filled, CancellationToken cancel)
    {
        await budget.ReserveAsync(bytes - _reserved, cancel);
        _reserved = bytes;
        var larger = ArrayPool<byte>.Shared.Rent(bytes);
        if (_large is not null)
        {
            _large.AsSpan(0, filled).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_large);
        }

        _large = larger;
    }

    /// <summary>Makes sure that so many bytes are in the small buffer; false at the orderly end of the stream.</summary>
    private async ValueTask<bool> FillAsync(int count, CancellationToken cancel)
    {
        if (_end - _start >= count)
            return true;
        if (_start > 0)
        {
            _small.AsSpan(_start, _end - _start).CopyTo(_small);
            (_start, _end) = (0, _end - _start);
        }

        while (_end < count)
        {
            var read = await socket.ReceiveAsync(_small.AsMemory(_end), cancel);
            if (read == 0)
                return _end == 0 ? false : throw Cut();
            _end += read;
        }

        return true;
    }

    private void ReleaseLarge()
    {
        if (_reserved > 0)
            budget.Release(_reserved);
        _reserved = 0;
        if (_large is not null)
            ArrayPool<byte>.Shared.Return(_large);
        _large = null;
    }

    private static MalformedFrameException Cut() => new("the stream ends within a frame");
}
