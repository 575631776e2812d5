using System.IO.Compression;
using Marathon.Records;

namespace Marathon.Tests.Records;

public sealed class RecordFillerTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(1.0)]
    public void Fill_Compressibility_IsTheShareThatCompressesAway(double compressibility)
    {
        var filler = new RecordFiller(compressibility, seed: 4);
        var data = new byte[200_000];
        filler.Fill(data);

        using var compressed = new MemoryStream();
        using (var deflate = new DeflateStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(data);

        Assert.InRange(1 - ((double)compressed.Length / data.Length), compressibility - 0.08, compressibility + 0.03);
    }

    [Fact]
    public void Fill_SameSeed_GivesSameBytes()
    {
        var (left, right) = (new byte[3_000_000], new byte[3_000_000]);
        new RecordFiller(0.3, 9).Fill(left);
        new RecordFiller(0.3, 9).Fill(right);

        Assert.True(left.AsSpan().SequenceEqual(right));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Constructor_NoShare_IsRefused(double compressibility) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RecordFiller(compressibility, 1));
}
