namespace Marathon.Testbed.Replication;

/// <summary>One partition in a follower's fetch session, at the leader. The replica marks it when there is something to send.</summary>
internal sealed class FollowerSlot(FollowerSession session, Replica replica)
{
    private int _ready;
    private int _stale;

    public int FollowerId => session.FollowerId;

    public Replica Replica { get; } = replica;

    public ReadPosition Position { get; set; }

    /// <summary>Records were sent and the follower has not said yet that it took them.</summary>
    public bool AwaitsPosition { get; set; }

    public void OnAppend()
    {
        if (Interlocked.Exchange(ref _ready, 1) == 0)
            session.Ready(this);
    }

    /// <summary>A new high watermark alone does not wake the follower: it travels with the next answer.</summary>
    public void OnHighWatermark()
    {
        if (Interlocked.Exchange(ref _stale, 1) == 0)
            session.Stale(this);
    }

    public void ClearReady() => Volatile.Write(ref _ready, 0);

    public void ClearStale() => Volatile.Write(ref _stale, 0);
}
