using Marathon.Runs;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Lies.Records;

/// <summary>Puts a record into another partition of its topic than it was sent to.</summary>
internal sealed class WrongPartition(LieSpec asked, LieContext context) : Lie(asked, context), IRecordLie
{
    public void Change(IncomingBatch batch)
    {
        if (!IsDue(batch.Count) || batch.Records.Count == 0 || batch.Neighbours is not { Count: > 0 } others)
            return;
        Promise();
        var moved = batch.Records[Random.Next(batch.Records.Count)];
        var (first, header) = (Random.Next(others.Count), batch.Header);
        batch.Change(records => records.Remove(moved));
        batch.WhenAppended(_ =>
        {
            var copy = Forgery.Follow(moved, header, inTransaction: false);
            for (var i = 0; i < others.Count; i++)
            {
                var other = others[(first + i) % others.Count];
                if (other.AppendOwn(copy, other.LeaderEpoch) is { Error: ErrorCode.None } outcome)
                {
                    Told(other.Partition, outcome.BaseOffset, $"was sent to partition {batch.Partition.Partition}");
                    return;
                }
            }
        });
    }
}
