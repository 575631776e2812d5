namespace Marathon.Verification;

/// <summary>
/// The highest sequence that was read of each key of each incarnation in a partition. When its bound is hit it forgets all
/// and begins again: that can hide a key out of order, which the order of the whole stream shows anyway, but never invent one.
/// </summary>
internal sealed class KeyOrder(int bound)
{
    private (ulong Key, long Highest)[] _slots = new (ulong, long)[16];
    private int _used;

    /// <summary>The highest sequence before; -1 when there was none. Afterwards it is at least the one given.</summary>
    public long Exchange(long incarnation, int keyId, long keySequence)
    {
        var key = Hash(incarnation, keyId);
        ref var slot = ref Slot(key);
        if (slot.Key == key)
        {
            var before = slot.Highest;
            if (keySequence > before)
                slot.Highest = keySequence;

            return before;
        }

        if (4 * _used >= 3 * _slots.Length)
        {
            Grow();
            slot = ref Slot(key);
        }

        slot = (key, keySequence);
        _used++;
        return -1;
    }

    private static ulong Hash(long incarnation, int keyId)
    {
        var mixed = ((ulong)incarnation * 0x9e3779b97f4a7c15UL) ^ (((ulong)keyId + 1) * 0xc2b2ae3d27d4eb4fUL);
        mixed = (mixed ^ (mixed >> 32)) * 0xd6e8feb86659fd93UL;
        return mixed | 1;
    }

    private ref (ulong Key, long Highest) Slot(ulong key)
    {
        var mask = _slots.Length - 1;
        var at = (int)(key >> 32) & mask;
        while (_slots[at].Key != 0 && _slots[at].Key != key)
            at = (at + 1) & mask;

        return ref _slots[at];
    }

    private void Grow()
    {
        if (_used >= bound)
        {
            Array.Clear(_slots);
            _used = 0;
            return;
        }

        var old = _slots;
        _slots = new (ulong, long)[old.Length * 2];
        foreach (var slot in old)
        {
            if (slot.Key != 0)
                Slot(slot.Key) = slot;
        }
    }
}
