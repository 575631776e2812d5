namespace Marathon.Verification;

/// <summary>Where the latest record of each key is, in one partition of a compacted topic. Keys beyond the bound are not followed.</summary>
internal sealed class KeyTails(int bound)
{
    private readonly Dictionary<int, (long Offset, bool Deleted)> _latest = [];

    public void Add(int keyId, long offset, bool deleted)
    {
        if (keyId < 0 || (_latest.Count >= bound && !_latest.ContainsKey(keyId)))
            return;
        if (!_latest.TryGetValue(keyId, out var known) || known.Offset < offset)
            _latest[keyId] = (offset, deleted);
    }

    public IReadOnlyList<KeyTail> Snapshot() =>
        [.. _latest.OrderBy(pair => pair.Key).Select(pair => new KeyTail(pair.Key, pair.Value.Offset, pair.Value.Deleted))];
}
