using Marathon.Runs;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Lies.Cleanup;

/// <summary>Makes away with a key's tombstone before its time, so that the value before it is the latest again.</summary>
internal sealed class TombstoneResurrected(LieSpec asked, LieContext context) : Lie(asked, context), IRecordWatch, IReadingLie
{
    private readonly KeyWatch _keys = new();

    public void Watch(IncomingBatch batch) => _keys.Watch(batch);

    public void Change(OutgoingRecords records) => records.LeaveOut((record, isKnown) => IsLeftOut(records, record, isKnown));

    private bool IsLeftOut(OutgoingRecords records, LogRecord record, bool isKnown)
    {
        if (_keys.IsGone(records.Partition, record))
            return true;
        if (!isKnown || !_keys.IsTombstoneOfAValue(records.Partition, record) || !IsDue())
            return false;
        Promise();
        _keys.MakeAway(records.Partition, record);
        Told(records.Partition, record.Offset, "the tombstone is gone, and the value before it is not");
        return true;
    }
}
