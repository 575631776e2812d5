namespace Marathon.Testbed.Replication;

/// <summary>A reader that waits for more.</summary>
internal interface IReadWaiter
{
    /// <summary>More may be readable now, or the replica is no leader any more. Called under the replica's lock: must not block.</summary>
    void Signal();
}
