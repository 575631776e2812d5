namespace Marathon.Azure.Faults;

/// <summary>What is done to a virtual machine.</summary>
public enum VmFaultKind
{
    /// <summary>Restarted by the platform; heals itself.</summary>
    Restart,

    /// <summary>Switched off without a shutdown; healed by switching it on.</summary>
    PowerOff,

    /// <summary>Moved to another host: it stops, and what is not on a disk is lost; heals itself.</summary>
    Redeploy,

    /// <summary>A spot machine is evicted with the notice that a real eviction gives. Nothing heals it: its fleet replaces it.</summary>
    SimulateEviction,

    /// <summary>Packets to and from peers are delayed, lost, or both.</summary>
    Degrade,

    /// <summary>Packets to and from peers are dropped.</summary>
    Partition,

    /// <summary>A rule of the security group denies it the way to peers.</summary>
    Block,
}
