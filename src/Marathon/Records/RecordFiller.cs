namespace Marathon.Records;

/// <summary>
/// Bytes after a record's header and extension blocks. Prepared once; filling a record is a copy from a moving place.
/// Compressibility is the share of bytes that compress away: 0 is random, 1 is all the same. One thread at a time.
/// </summary>
public sealed class RecordFiller
{
    private const int StockSize = 1 << 20;
    private const int Stride = 64;
    private readonly byte[] _stock = new byte[StockSize];
    private int _at;

    /// <param name="compressibility">0 to 1.</param>
    /// <param name="seed">Two fillers of one seed give the same bytes.</param>
    public RecordFiller(double compressibility, ulong seed)
    {
        if (compressibility is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(compressibility), compressibility, "compressibility is a share from 0 to 1");

        var state = seed;
        for (var start = 0; start < StockSize; start += Stride)
        {
            var random = (int)Math.Round(Stride * (1 - compressibility));
            for (var i = 0; i < random; i++)
                _stock[start + i] = (byte)(SplitMix(ref state) >> 56);
        }
    }

    /// <summary>Fills the span.</summary>
    public void Fill(Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            var length = Math.Min(target.Length, StockSize - _at);
            _stock.AsSpan(_at, length).CopyTo(target);
            target = target[length..];
            _at += length;
            if (_at == StockSize)
                _at = 0;
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9e3779b97f4a7c15UL;
        var mixed = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebUL;
        return mixed ^ (mixed >> 31);
    }
}
