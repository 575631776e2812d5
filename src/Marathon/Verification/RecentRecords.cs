using Marathon.Records;

namespace Marathon.Verification;

/// <summary>The last few records that were read of a partition, so that an example can tell what was around it.</summary>
internal sealed class RecentRecords
{
    private const int Reach = 5, Size = 8;
    private readonly (long Offset, long Incarnation, long Sequence, long ReceivedAt)[] _ring = new (long, long, long, long)[Size];
    private List<(List<string> Around, int Wanted)>? _open;
    private long _count;

    /// <summary>A record was read; incarnation 0 when nobody can say whose it is.</summary>
    public void Add(long offset, long incarnation, long sequence, long receivedAt)
    {
        _ring[(int)_count++ & (Size - 1)] = (offset, incarnation, sequence, receivedAt);
        if (_open is not null)
            Complete(_open);
    }

    /// <summary>The latest record and those before it; the ones after it are added as they are read.</summary>
    public IReadOnlyList<string> Around()
    {
        var around = new List<string>(2 * Reach + 1);
        for (var at = Math.Max(0, _count - Reach - 1); at < _count; at++)
            around.Add(Describe(at));
        (_open ??= []).Add((around, Reach));
        return around;
    }

    private void Complete(List<(List<string> Around, int Wanted)> open)
    {
        for (var i = open.Count - 1; i >= 0; i--)
        {
            var (around, wanted) = open[i];
            around.Add(Describe(_count - 1));
            if (wanted > 1)
                open[i] = (around, wanted - 1);
            else
                open.RemoveAt(i);
        }

        if (open.Count == 0)
            _open = null;
    }

    private string Describe(long at)
    {
        var (offset, incarnation, sequence, receivedAt) = _ring[at % Size];
        return incarnation == 0
            ? $"offset {offset}: unreadable, read {RecordTime.ToTime(receivedAt):HH:mm:ss.ffffff}"
            : $"offset {offset}: incarnation {incarnation}, sequence {sequence}, read {RecordTime.ToTime(receivedAt):HH:mm:ss.ffffff}";
    }
}
