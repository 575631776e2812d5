namespace Marathon.Testbed.Storage;

/// <summary>A part of a chunk that belongs to a log: whole batches, contiguous in the chunk.</summary>
/// <param name="NextOffset">One past the last offset in it.</param>
internal readonly record struct Extent(Chunk Chunk, int Start, int End, long BaseOffset, long NextOffset)
{
    public int Length => End - Start;

    /// <summary>Where the batch begins that holds <paramref name="offset"/>, or the first one after it.</summary>
    public int PositionOf(long offset)
    {
        var position = Math.Max(Start, Chunk.Index.PositionBefore(End, offset));
        while (position < End)
        {
            var header = Chunk.HeaderAt(position);
            if (header.LastOffset >= offset)
                return position;
            position += header.SizeInBytes;
        }

        return End;
    }

    /// <summary>
    /// The end of the last whole batch from <paramref name="position"/> on that stays within <paramref name="maxBytes"/> and below
    /// <paramref name="limitOffset"/>; the first batch may be larger when <paramref name="atLeastOne"/>.
    /// </summary>
    public (int End, long NextOffset) BoundaryBefore(int position, int maxBytes, long limitOffset, bool atLeastOne)
    {
        var end = position;
        var nextOffset = BaseOffset;
        var known = Chunk.Index.PositionBefore((int)Math.Min(End, (long)position + maxBytes), limitOffset);
        if (known > position)
            (end, nextOffset) = (known, Chunk.HeaderAt(known).BaseOffset);
        while (end < End)
        {
            var header = Chunk.HeaderAt(end);
            var fits = (long)end + header.SizeInBytes - position <= maxBytes || (atLeastOne && end == position);
            if (!fits || header.LastOffset >= limitOffset)
                break;
            end += header.SizeInBytes;
            nextOffset = header.NextOffset;
        }

        return (end, nextOffset);
    }
}
