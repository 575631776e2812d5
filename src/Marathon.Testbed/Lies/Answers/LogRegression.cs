using Marathon.Runs;
using Marathon.Testbed.Apis.ListOffsets;
using Marathon.Testbed.Cluster;

namespace Marathon.Testbed.Lies.Answers;

/// <summary>Answers that the log of one partition ends before its end.</summary>
internal sealed class LogRegression(LieSpec asked, LieContext context) : Lie(asked, context), IOffsetLie
{
    private const long Missing = 50;

    private TopicPartition? _partition;

    protected override double? DefaultRate => 1;

    public long Change(TopicPartition partition, long timestamp, long offset)
    {
        if (timestamp != ListOffsetsRequest.Latest || offset < 2 * Missing || !IsDue())
            return offset;
        // One partition, always: an end that goes back and forth is no end that anybody would believe.
        _partition ??= partition;
        if (_partition != partition)
            return offset;
        Promise();
        Told(partition, offset - Missing, $"given as the end of the log; the end is {offset}");
        return offset - Missing;
    }
}
