namespace Marathon.Testbed.Replication;

/// <summary>A replica as the control API shows it.</summary>
internal sealed record ReplicaView(
    int Broker, bool IsLeader, int Leader, int LeaderEpoch, long LogStartOffset, long LogEndOffset, long HighWatermark,
    long LastStableOffset, IReadOnlyList<int> Isr, long SizeBytes);
