namespace Marathon.Faults;

/// <summary>
/// What is done to a broker, or to the machine of a worker. Healing a kill is a restart; healing a pause is a resume; a machine
/// that is off is switched on, a network is mended.
/// </summary>
public enum FaultAction
{
    /// <summary>kill -9.</summary>
    Kill,

    /// <summary>SIGSTOP: connections stay, nothing is answered.</summary>
    Pause,

    /// <summary>Killed and started again at once; a machine is restarted by its platform.</summary>
    Restart,

    /// <summary>A machine is switched off without a shutdown.</summary>
    PowerOff,

    /// <summary>A machine is moved to another host.</summary>
    Redeploy,

    /// <summary>A spot machine is evicted, with the notice that a real eviction gives. Its fleet replaces it.</summary>
    Evict,

    /// <summary>A machine cannot reach the brokers, nor they it.</summary>
    Partition,

    /// <summary>What a machine sends to the brokers is delayed, and some of it lost.</summary>
    Degrade,

    /// <summary>The platform's network lets nothing through from a machine to the brokers; the machine has no part in it.</summary>
    Block,
}
