using Marathon.Runs;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Lies.Cleanup;

/// <summary>Makes away with the latest record of a key, once somebody has read it, as compaction must not.</summary>
internal sealed class CompactionLostLatest(LieSpec asked, LieContext context) : Lie(asked, context), IRecordWatch, IReadingLie
{
    private readonly KeyWatch _keys = new();

    public void Watch(IncomingBatch batch) => _keys.Watch(batch);

    public void Change(OutgoingRecords records) => records.LeaveOut((record, isKnown) => IsLeftOut(records, record, isKnown));

    private bool IsLeftOut(OutgoingRecords records, LogRecord record, bool isKnown)
    {
        if (_keys.IsGone(records.Partition, record))
            return true;
        if (!isKnown || !_keys.IsLatest(records.Partition, record) || !IsDue())
            return false;
        Promise();
        _keys.MakeAway(records.Partition, record);
        Told(records.Partition, record.Offset, "the latest record of its key is gone");
        return true;
    }
}
