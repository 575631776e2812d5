namespace Marathon.Workers;

/// <summary>What a worker is doing, as its heartbeat says.</summary>
public enum WorkerPhase
{
    /// <summary>Registered, without clients.</summary>
    Idle,

    /// <summary>Clients made, not yet started.</summary>
    Ready,

    /// <summary>Producing and consuming.</summary>
    Running,

    /// <summary>Producers stopped and flushed; consumers go on.</summary>
    Stopped,

    /// <summary>Handing over: it will end.</summary>
    Draining,

    /// <summary>Ended in order.</summary>
    Done,

    /// <summary>Its load broke; the heartbeat's <see cref="Heartbeat.Error"/> says how.</summary>
    Failed,
}
