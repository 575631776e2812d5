using Marathon.Testbed.Protocol;
using Marathon.Testbed.Records;
using Marathon.Testbed.Replication;

namespace Marathon.Testbed.Coordination;

/// <summary>A partition of an internal topic whose state a coordinator holds, while its broker leads it in one epoch.</summary>
internal abstract class CoordinatorPartition(Replica replica, int leaderEpoch)
{
    public Replica Replica { get; } = replica;

    public int LeaderEpoch { get; } = leaderEpoch;

    public int Index => Replica.Partition.Partition;

    public bool IsLoaded { get; set; }

    public bool IsCurrent => Replica.IsLeader && Replica.LeaderEpoch == LeaderEpoch;

    /// <summary>Appends a batch; the task ends when it is on all in-sync replicas.</summary>
    public (long BaseOffset, Task<ErrorCode> Replicated) Append(byte[] batch)
    {
        var outcome = Replica.AppendOwn(batch, LeaderEpoch);
        return outcome.Error == ErrorCode.None
            ? (outcome.BaseOffset, Replica.ReplicatedAsync(outcome.NextOffset, LeaderEpoch))
            : (-1, Task.FromResult(outcome.Error));
    }

    public (long BaseOffset, Task<ErrorCode> Replicated) Append(
        IReadOnlyList<(ReadOnlyMemory<byte>? Key, ReadOnlyMemory<byte>? Value)> records, DateTimeOffset now) =>
        Append(BatchWriter.Write(records, now.ToUnixTimeMilliseconds()));

    /// <summary>Gives every batch of the log to <paramref name="take"/>; false when the broker lost the leadership before the end.</summary>
    public bool Replay(Action<ReadOnlyMemory<byte>> take)
    {
        long offset = 0;
        while (true)
        {
            if (Replica.ReadToEnd(offset, LeaderEpoch) is not { } runs)
                return false;
            if (runs.Count == 0)
                return true;
            foreach (var run in runs)
            {
                foreach (var batch in BatchReader.Batches(run.Chunk.Slice(run.Start, run.End).Load()))
                    take(batch);
            }

            offset = runs[^1].NextOffset;
        }
    }

    /// <summary>What a client is told when the coordinator could not write.</summary>
    public static ErrorCode ForClient(ErrorCode error) => error switch
    {
        ErrorCode.NotLeaderOrFollower or ErrorCode.FencedLeaderEpoch => ErrorCode.NotCoordinator,
        ErrorCode.NotEnoughReplicas or ErrorCode.NotEnoughReplicasAfterAppend or ErrorCode.RequestTimedOut =>
            ErrorCode.CoordinatorNotAvailable,
        _ => error,
    };
}
