namespace Marathon.Controller.Orchestrations;

/// <summary>What a run can be told.</summary>
public enum RunSignalKind
{
    /// <summary>An operator, or the controller's shutdown, ends it early.</summary>
    Interrupt,

    /// <summary>An operator pauses the load.</summary>
    Pause,

    /// <summary>An operator lets it go on.</summary>
    Resume,

    /// <summary>An operator changes the offered load.</summary>
    Throughput,

    /// <summary>The stage has stopped its producers.</summary>
    Draining,

    /// <summary>A worker's life ended.</summary>
    FleetChanged,

    /// <summary>The cluster's processes are gone although nobody was to end them.</summary>
    ClusterLost,

    /// <summary>The disk that holds the run's data is nearly full.</summary>
    StorageFull,

    /// <summary>A stage has stopped as it was told, and only calls that it need not wait for are still under way.</summary>
    StageStopped,
}
