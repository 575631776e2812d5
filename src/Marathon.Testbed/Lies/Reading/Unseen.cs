using Marathon.Runs;
using Marathon.Testbed.Cluster;

namespace Marathon.Testbed.Lies.Reading;

/// <summary>From some offset on gives nobody the records of one partition. They are in the log, and so is what says how far it goes.</summary>
internal sealed class Unseen(LieSpec asked, LieContext context) : Lie(asked, context), IReadingLie
{
    private (TopicPartition Partition, long From)? _withheld;

    /// <summary>One partition does for all the run.</summary>
    protected override TimeSpan DefaultEvery => TimeSpan.FromDays(1);

    public void Change(OutgoingRecords records)
    {
        if (_withheld is null && IsDue() && records.FirstFresh(leastRecords: 1) is >= 0 and var index)
        {
            Promise();
            var from = records.Open(index).Header.BaseOffset;
            _withheld = (records.Partition, from);
            Told(records.Partition, from, "from here on nobody is given a record of this partition");
        }

        if (_withheld is { } withheld && withheld.Partition == records.Partition)
            records.WithholdFrom(withheld.From);
    }
}
