using Marathon.Runs;
using Marathon.Testbed.Cluster;

namespace Marathon.Testbed.Lies.Answers;

/// <summary>Answers an offset beside the one that a time belongs to.</summary>
internal sealed class OffsetForTimeMismatch(LieSpec asked, LieContext context) : Lie(asked, context), IOffsetLie
{
    private const long Beside = 10;

    protected override double? DefaultRate => 1;

    public long Change(TopicPartition partition, long timestamp, long offset)
    {
        if (timestamp < 0 || offset < 0 || !IsDue())
            return offset;
        Promise();
        var answer = offset >= Beside ? offset - Beside : offset + Beside;
        Told(partition, answer, $"given as the first offset at {timestamp}; that is {offset}");
        return answer;
    }
}
