namespace Marathon.Controller.Runs;

/// <summary>How one life of a worker ended.</summary>
public enum WorkerEnd
{
    /// <summary>In order, at the end of the run.</summary>
    Done,

    /// <summary>It was told to go and handed over.</summary>
    Drained,

    /// <summary>Its process or machine ended without a word.</summary>
    Killed,

    /// <summary>Its heartbeats stopped; whether it lives nobody knows.</summary>
    Lost,
}
