namespace Marathon.Workers;

/// <summary>The transitions that a worker tells the controller about. Each is one durable event; heartbeats are not among them.</summary>
public enum WorkerEventKind
{
    /// <summary>The worker's registration was stored.</summary>
    WorkerRegistered,

    /// <summary>Initialised: its clients are connected and its consumers have their partitions.</summary>
    WorkerReady,

    /// <summary>It was told to go (signal, preemption) and hands over.</summary>
    WorkerDraining,

    /// <summary>It ended in order; its last checkpoint is stored.</summary>
    WorkerDone,

    /// <summary>A check failed at the worker in a way that the run should know of now.</summary>
    AssertionViolated,

    /// <summary>Its process has ended, says the host that started it. No worker says so of itself, and the wire knows no such event.</summary>
    WorkerExited,
}
