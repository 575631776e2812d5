namespace Marathon.Workers.Commands;

/// <summary>The commands that a worker obeys; in the URI their names are kebab-case.</summary>
public enum WorkerCommand
{
    /// <summary>Make the clients of a <see cref="Load.LoadSpec"/> (the body). Answers when they are ready.</summary>
    Initialise,

    /// <summary>Begin to produce and to consume.</summary>
    Start,

    /// <summary>The workload stage begins: latency histograms begin anew, counters and evidence go on. Again is fine.</summary>
    Measure,

    /// <summary>Change the rate: body <see cref="ThroughputChange"/>.</summary>
    Throughput,

    /// <summary>Consumers stop polling records and keep their assignment.</summary>
    PauseConsumption,

    /// <summary>Consumers go on.</summary>
    ResumeConsumption,

    /// <summary>Producers stop and flush; consumers go on. Body <see cref="StopLoad"/>. Answers when every send is resolved.</summary>
    Stop,

    /// <summary>Store a checkpoint of the evidence now; answers when the controller has it.</summary>
    Evidence,

    /// <summary>Close the clients, store the last checkpoint, say <see cref="WorkerEventKind.WorkerDone"/> and end the process.</summary>
    Shutdown,

    /// <summary>
    /// Notice of preemption, as the cloud or SIGUSR1 gives it: say <see cref="WorkerEventKind.WorkerDraining"/>, hand over and end.
    /// Answers at once; again is fine. Also at <see cref="WorkerProtocol.PreemptPath"/>.
    /// </summary>
    Preempt,
}
