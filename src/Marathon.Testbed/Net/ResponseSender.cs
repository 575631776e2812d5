using System.Buffers;
using System.Net.Sockets;
using Marathon.Testbed.Protocol;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Net;

/// <summary>Encodes responses and sends them; record batches go straight from the log's memory or file to the socket.</summary>
internal sealed class ResponseSender(Socket socket)
{
    private const int MaxSegmentsPerSend = 256;
    private const int FilePieceBytes = 256 << 10;

    private readonly List<ArraySegment<byte>> _segments = [];

    public async ValueTask SendAsync(ApiSpec spec, short version, int correlationId, IMessage response, CancellationToken cancel)
    {
        using var writer = new WireWriter(version, spec.IsFlexible(version));
        writer.Int32(0);
        writer.Int32(correlationId);
        if (spec.ResponseHeaderVersion(version) > 0)
            writer.NoTags();
        writer.Struct(response);
        writer.Patch(0, checked((int)(writer.TotalLength - 4)));
        var sent = 0;
        foreach (var (position, records) in writer.Splices)
        {
            await AddAsync(writer.Segment(sent, position), cancel);
            sent = position;
            foreach (var slice in records.Slices)
                await AddAsync(slice, cancel);
        }

        await AddAsync(writer.Segment(sent, writer.Position), cancel);
        await FlushAsync(cancel);
    }

    private ValueTask AddAsync(ArraySegment<byte> segment, CancellationToken cancel)
    {
        if (segment.Count > 0)
            _segments.Add(segment);
        return _segments.Count < MaxSegmentsPerSend ? ValueTask.CompletedTask : FlushAsync(cancel);
    }

    private async ValueTask AddAsync(RecordSlice slice, CancellationToken cancel)
    {
        if (slice.File is null)
        {
            System.Runtime.InteropServices.MemoryMarshal.TryGetArray(slice.Memory, out var segment);
            await AddAsync(segment, cancel);
            return;
        }

        await FlushAsync(cancel);
        var piece = ArrayPool<byte>.Shared.Rent(Math.Min(slice.Length, FilePieceBytes));
        try
        {
            for (var done = 0; done < slice.Length;)
            {
                var part = piece.AsMemory(0, Math.Min(piece.Length, slice.Length - done));
                slice.File.Read(slice.FilePosition + done, part.Span);
                for (var rest = part; rest.Length > 0;)
                    rest = rest[await socket.SendAsync(rest, cancel)..];
                done += part.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private async ValueTask FlushAsync(CancellationToken cancel)
    {
        if (_segments.Count == 0)
            return;
        if (_segments.Count == 1)
        {
            for (ReadOnlyMemory<byte> rest = _segments[0]; rest.Length > 0;)
                rest = rest[await socket.SendAsync(rest, cancel)..];
        }
        else
        {
            await socket.SendAsync(_segments).WaitAsync(cancel);
        }

        _segments.Clear();
    }
}
