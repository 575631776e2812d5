using System.Buffers.Binary;
using System.IO.Compression;
using K4os.Compression.LZ4.Streams;
using Snappier;
using ZstdSharp;

namespace Marathon.Testbed.Records;

/// <summary>Decompresses the records of a batch, whoever compressed them.</summary>
internal static class Decompression
{
    /// <summary>More than that is no batch that a client sends, but a bomb.</summary>
    private const int MaxBytes = 256 << 20;

    private const int PieceBytes = 64 << 10;

    /// <summary>After the magic bytes of the framing that Java clients put around snappy's blocks: two versions.</summary>
    private const int XerialHeaderBytes = 16;

    private static ReadOnlySpan<byte> XerialMagic => [0x82, (byte)'S', (byte)'N', (byte)'A', (byte)'P', (byte)'P', (byte)'Y', 0];

    /// <exception cref="InvalidDataException">The bytes are not of that compression.</exception>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> body, Compression compression)
    {
        try
        {
            return compression switch
            {
                Compression.None => body,
                Compression.Gzip => Copy(new GZipStream(Source(body), CompressionMode.Decompress)),
                Compression.Snappy => FromSnappy(body.Span),
                Compression.Lz4 => Copy(LZ4Stream.Decode(Source(body))),
                Compression.Zstd => Copy(new DecompressionStream(Source(body))),
                _ => throw new InvalidDataException($"{compression} is no compression"),
            };
        }
        catch (Exception broken) when (broken is IOException or ZstdException or ArgumentException or NotSupportedException or NotImplementedException
            or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"records compressed with {compression} do not decompress: {broken.Message}", broken);
        }
    }

    private static MemoryStream Source(ReadOnlyMemory<byte> body) => new(body.ToArray(), writable: false);

    private static ReadOnlyMemory<byte> Copy(Stream decompressed)
    {
        using var source = decompressed;
        using var target = new MemoryStream();
        var piece = new byte[PieceBytes];
        for (int read; (read = source.Read(piece)) > 0;)
        {
            if (target.Length + read > MaxBytes)
                throw TooLarge();
            target.Write(piece, 0, read);
        }

        return target.GetBuffer().AsMemory(0, (int)target.Length);
    }

    private static ReadOnlyMemory<byte> FromSnappy(ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith(XerialMagic))
            return Block(body);
        using var target = new MemoryStream();
        for (body = body[XerialHeaderBytes..]; body.Length > 0;)
        {
            var size = BinaryPrimitives.ReadInt32BigEndian(body);
            target.Write(Block(body.Slice(4, size)));
            if (target.Length > MaxBytes)
                throw TooLarge();
            body = body[(4 + size)..];
        }

        return target.GetBuffer().AsMemory(0, (int)target.Length);
    }

    private static byte[] Block(ReadOnlySpan<byte> block) =>
        Snappy.GetUncompressedLength(block) <= MaxBytes ? Snappy.DecompressToArray(block) : throw TooLarge();

    private static InvalidDataException TooLarge() => new($"more than {MaxBytes} bytes when decompressed");
}
