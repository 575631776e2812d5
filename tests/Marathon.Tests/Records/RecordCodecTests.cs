using System.Buffers.Binary;
using Marathon.Records;

namespace Marathon.Tests.Records;

public sealed class RecordCodecTests
{
    /// <summary>Format version 1, byte by byte. These bytes may never change: a change of layout is a new version.</summary>
    private const string Golden =
        "4D52544E" + "01" + "03" + "1400" + "0807060504030201" + "14131211" + "02000000" + "2827262524232221" + "3837363534333231"
        + "4847464544434241" + "54535251" + "03000000" + "6867666564636261" + "7877767574737271" + "0807060504030211" + "822D7BAE"
        + "01001000" + "05000000" + "06000000" + "0700000000000000" + "F1F2F3F4";

    private static readonly RecordHeader Header = new()
    {
        Flags = RecordFlags.CreateTimeSet | RecordFlags.LastOfTransaction,
        Run = 0x0102030405060708,
        TopicId = 0x11121314,
        Partition = 2,
        Incarnation = 0x2122232425262728,
        Sequence = 0x3132333435363738,
        KeySequence = 0x4142434445464748,
        KeyId = 0x51525354,
        TransactionIndex = 3,
        TransactionId = 0x6162636465666768,
        IntendedAt = 0x7172737475767778,
        SentAt = 0x1102030405060708,
    };

    [Fact]
    public void Write_VersionOne_GivesTheGoldenBytes() => Assert.Equal(Golden, Convert.ToHexString(Write()));

    [Fact]
    public void TryRead_GoldenBytes_GivesTheHeader()
    {
        var value = Convert.FromHexString(Golden);

        Assert.True(RecordCodec.TryRead(value, "key"u8, "headers"u8, out var header, out var flaw), flaw.ToString());

        Assert.Equal(Header with { ExtensionSize = 20, Checksum = header.Checksum }, header);
        Assert.True(ExtensionBlocks.TryReadSource(RecordCodec.Extensions(value, header), out var source));
        Assert.Equal(new SourceRecord(5, 6, 7), source);
        Assert.False(ExtensionBlocks.TryReadTransfer(RecordCodec.Extensions(value, header), out _));
    }

    [Fact]
    public void TryRead_AnyBitOfValueKeyOrHeadersFlipped_IsFound()
    {
        var value = Write();
        for (var bit = 0; bit < value.Length * 8; bit++)
        {
            value[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(RecordCodec.TryRead(value, "key"u8, "headers"u8, out _, out var flaw), $"bit {bit}");
            Assert.NotEqual(RecordFlaw.None, flaw);
            value[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.True(RecordCodec.TryRead(value, "key"u8, "headers"u8, out _, out _));
        Assert.False(RecordCodec.TryRead(value, "kez"u8, "headers"u8, out _, out _));
        Assert.False(RecordCodec.TryRead(value, "key"u8, "headerz"u8, out _, out _));
        Assert.False(RecordCodec.TryRead(value, "keyh"u8, "eaders"u8, out _, out _));
    }

    [Fact]
    public void TryRead_RandomBytes_NeverThrowsAndNeverPasses()
    {
        var random = new Random(11);
        for (var i = 0; i < 20_000; i++)
        {
            var value = new byte[random.Next(0, 200)];
            random.NextBytes(value);
            if (value.Length >= 8 && i % 2 == 0)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(value, RecordCodec.Magic);
                value[4] = RecordCodec.Version;
                value[7] = 0;
            }

            Assert.False(RecordCodec.TryRead(value, [], [], out _, out var flaw), $"round {i}");
            Assert.NotEqual(RecordFlaw.None, flaw);
        }
    }

    [Fact]
    public void TryRead_RoundTripOfAnyHeader_GivesItBack()
    {
        var random = new Random(3);
        for (var i = 0; i < 2_000; i++)
        {
            var header = Header with
            {
                Partition = random.Next(), Sequence = random.NextInt64(), KeyId = random.Next(-1, 4096), TransactionIndex = random.Next(),
            };
            var key = new byte[random.Next(0, 20)];
            random.NextBytes(key);
            Span<byte> blocks = new byte[ExtensionBlocks.SourceSize + ExtensionBlocks.TransferSize];
            var transfer = new Transfer(random.Next(), random.Next(), random.NextInt64());
            var used = ExtensionBlocks.Write(blocks, new SourceRecord(1, 2, 3));
            used += ExtensionBlocks.Write(blocks[used..], transfer);
            var value = new byte[RecordCodec.FillerOffset(used) + random.Next(0, 2000)];
            random.NextBytes(value);

            RecordCodec.Write(value, header, key, [], blocks);

            Assert.True(RecordCodec.TryRead(value, key, [], out var read, out var flaw), flaw.ToString());
            Assert.Equal(header with { ExtensionSize = used, Checksum = read.Checksum }, read);
            Assert.True(ExtensionBlocks.TryReadTransfer(RecordCodec.Extensions(value, read), out var found));
            Assert.Equal(transfer, found);
        }
    }

    [Theory]
    [InlineData(0, RecordFlaw.WrongMagic)]
    [InlineData(4, RecordFlaw.UnknownVersion)]
    [InlineData(23, RecordFlaw.BadField)]
    [InlineData(39, RecordFlaw.BadField)]
    [InlineData(84, RecordFlaw.None)]
    [InlineData(86, RecordFlaw.BadExtension)]
    public void TryRead_BrokenByte_NamesTheFlaw(int at, RecordFlaw expected)
    {
        var value = Write();
        value[at] ^= 0x80;

        RecordCodec.TryRead(value, out _, out var flaw);

        Assert.Equal(expected, flaw);
    }

    [Fact]
    public void Write_ValueTooShort_SaysHowManyBytesItTakes()
    {
        var error = Assert.Throws<ArgumentException>(() => RecordCodec.Write(new byte[RecordCodec.MinimumSize - 1], Header, []));

        Assert.Contains("84", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ManyRecords_AllocatesNothing()
    {
        var value = new byte[1024];
        RecordCodec.Write(value, Header, "key"u8);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
        {
            RecordCodec.Write(value, Header with { Sequence = i }, "key"u8);
            RecordCodec.TryRead(value, "key"u8, [], out _, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static byte[] Write()
    {
        var blocks = new byte[ExtensionBlocks.SourceSize];
        ExtensionBlocks.Write(blocks, new SourceRecord(5, 6, 7));
        var value = new byte[RecordCodec.FillerOffset(blocks.Length) + 4];
        BinaryPrimitives.WriteUInt32BigEndian(value.AsSpan(RecordCodec.FillerOffset(blocks.Length)), 0xF1F2F3F4);
        RecordCodec.Write(value, Header, "key"u8, "headers"u8, blocks);
        return value;
    }
}
