using Marathon.Records;
using Marathon.Verification;

namespace Marathon.Kafka.Rereading;

/// <summary>
/// Takes the records of a partition in the order of offsets, and keeps those around the place: around the record that is looked
/// for once it has come, around the first of the offsets until then.
/// </summary>
internal sealed class LogExcerptBuilder(LogPlace place, int reach)
{
    private readonly List<string> _lines = [];
    private readonly Queue<string> _latest = new();
    private long _next = -1;
    private long? _foundAt;
    private int _after;

    /// <summary>Whether nothing that comes later would be kept.</summary>
    public bool IsComplete => _foundAt is null ? _next - reach >= place.Offsets.To : _after >= reach;

    /// <summary>Reading begins there.</summary>
    public void BeginAt(long offset) => _next = offset;

    /// <summary>A record; what lies between it and the one before holds none.</summary>
    public void Add(long offset, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, DateTime timestamp)
    {
        Skip(offset);
        var isRecord = RecordCodec.TryRead(value, out var header, out var flaw);
        var line = isRecord ? Describe(offset, header, timestamp) : DescribeForeign(offset, key, value, flaw);
        var isSought = place.Incarnation != 0 && isRecord && header.Incarnation == place.Incarnation && header.Sequence == place.Sequence && header.Partition == place.Partition;
        if (isSought && _foundAt is null)
            Found(offset, line);
        else
            Keep(offset, line);

        _next = offset + 1;
    }

    /// <summary>The log ends there.</summary>
    public void EndAt(long offset)
    {
        Skip(offset);
        Keep(offset, $"the log ends at offset {offset}");
    }

    /// <summary>Something else worth knowing.</summary>
    public void Say(string line) => _lines.Add($"in the log: {line}");

    /// <summary>What was kept.</summary>
    public LogExcerpt ToExcerpt() => new(place, [.. _lines], _foundAt);

    private void Found(long offset, string line)
    {
        _foundAt = offset;
        _lines.Clear();
        foreach (var before in _latest)
            Say(before);
        Say(line);
    }

    private void Keep(long offset, string line)
    {
        _latest.Enqueue(line);
        if (_latest.Count > reach)
            _latest.Dequeue();
        if (_foundAt is not null)
        {
            if (_after++ < reach)
                Say(line);
        }
        else if (offset <= place.Offsets.From + reach)
        {
            Say(line);
        }
    }

    private void Skip(long offset)
    {
        if (offset > _next)
            Keep(_next, offset - _next == 1 ? $"offset {_next}: no record, as for the end of a transaction" : $"offsets {_next} to {offset - 1}: no records");
    }

    private static string Describe(long offset, in RecordHeader header, DateTime timestamp)
    {
        var key = header.KeyId >= 0 ? $", key {header.KeyId}" : "";
        var transaction = header.TransactionId > 0 ? $", transaction {header.TransactionId}" : "";
        return $"offset {offset}: incarnation {header.Incarnation}, sequence {header.Sequence}{key}{transaction}, sent {RecordTime.ToTime(header.SentAt):HH:mm:ss.ffffff}, timestamp {timestamp:HH:mm:ss.fff}";
    }

    private static string DescribeForeign(long offset, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, RecordFlaw flaw) =>
        value.IsEmpty && RecordKey.TryParse(key, out var deleted)
            ? $"offset {offset}: tombstone of key {deleted}"
            : $"offset {offset}: unreadable ({flaw}), {value.Length} bytes";
}
