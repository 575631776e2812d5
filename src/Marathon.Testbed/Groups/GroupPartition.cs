using System.Collections.Concurrent;
using Marathon.Testbed.Protocol;
using Marathon.Testbed.Records;
using Marathon.Testbed.Replication;

namespace Marathon.Testbed.Groups;

/// <summary>The groups of one partition of <c>__consumer_offsets</c>, while this broker leads it in one epoch.</summary>
internal sealed class GroupPartition(Replica replica, int leaderEpoch)
{
    public int LeaderEpoch { get; } = leaderEpoch;

    public int Index => replica.Partition.Partition;

    public bool IsLoaded { get; set; }

    public bool IsCurrent => replica.IsLeader && replica.LeaderEpoch == LeaderEpoch;

    public ConcurrentDictionary<string, Group> Groups { get; } = new(StringComparer.Ordinal);

    public Replica Replica => replica;

    /// <summary>Appends a coordinator's batch; the task ends when it is on all in-sync replicas.</summary>
    public (long BaseOffset, Task<ErrorCode> Replicated) Append(byte[] batch)
    {
        var outcome = replica.AppendOwn(batch, LeaderEpoch);
        return outcome.Error == ErrorCode.None
            ? (outcome.BaseOffset, replica.ReplicatedAsync(outcome.NextOffset, LeaderEpoch))
            : (-1, Task.FromResult(outcome.Error));
    }

    public (long BaseOffset, Task<ErrorCode> Replicated) Append(
        IReadOnlyList<(ReadOnlyMemory<byte>? Key, ReadOnlyMemory<byte>? Value)> records, DateTimeOffset now) =>
        Append(BatchWriter.Write(records, now.ToUnixTimeMilliseconds()));

    /// <summary>What a client is told when the coordinator could not write.</summary>
    public static ErrorCode ForClient(ErrorCode error) => error switch
    {
        ErrorCode.NotLeaderOrFollower or ErrorCode.FencedLeaderEpoch => ErrorCode.NotCoordinator,
        ErrorCode.NotEnoughReplicas or ErrorCode.NotEnoughReplicasAfterAppend or ErrorCode.RequestTimedOut =>
            ErrorCode.CoordinatorNotAvailable,
        _ => error,
    };
}
