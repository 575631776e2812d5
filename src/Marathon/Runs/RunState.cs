namespace Marathon.Runs;

/// <summary>The states of a run. In reports and answers their names are lower case.</summary>
public enum RunState
{
    /// <summary>Accepted, not yet started.</summary>
    Pending,

    /// <summary>Cluster, topics and workers are brought up.</summary>
    Preparing,

    /// <summary>Load runs, and is not yet measured.</summary>
    Warming,

    /// <summary>The workload stage.</summary>
    Loading,

    /// <summary>Producers have stopped; consumers read to the end.</summary>
    Draining,

    /// <summary>The load is at rate 0, consumption goes on, the stage's clock stands still.</summary>
    Paused,

    /// <summary>An interrupt was accepted; the stage is being stopped.</summary>
    Interrupting,

    /// <summary>The cleanup stage.</summary>
    Cleaning,

    /// <summary>Over: there is a report.</summary>
    Finished,
}
