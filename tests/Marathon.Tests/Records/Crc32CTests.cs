using System.Text;
using Marathon.Records;

namespace Marathon.Tests.Records;

public sealed class Crc32CTests
{
    [Theory]
    [InlineData("", 0x00000000u)]
    [InlineData("a", 0xC1D04330u)]
    [InlineData("123456789", 0xE3069283u)]
    public void Of_KnownText_IsItsPublishedChecksum(string text, uint expected) => Assert.Equal(expected, Crc32C.Of(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Of_ThirtyTwoZeros_IsTheValueOfRfc3720() => Assert.Equal(0x8A9136AAu, Crc32C.Of(new byte[32]));

    [Fact]
    public void Append_AnyLength_EqualsBitByBit()
    {
        var random = new Random(5);
        foreach (var length in Enumerable.Range(0, 700).Concat([1024, 3071, 3072, 3073, 4096, 10_000]))
        {
            var data = new byte[length];
            random.NextBytes(data);
            var state = (uint)random.NextInt64();
            Assert.True(BitByBit(state, data) == Crc32C.Append(state, data), $"length {length}");
            Assert.True(BitByBit(state, data) == Crc32C.AppendInSequence(state, data), $"length {length}, in sequence");
        }
    }

    private static uint BitByBit(uint state, byte[] data)
    {
        foreach (var octet in data)
        {
            state ^= octet;
            for (var bit = 0; bit < 8; bit++)
                state = (state >> 1) ^ ((state & 1) * 0x82F63B78u);
        }

        return state;
    }
}
