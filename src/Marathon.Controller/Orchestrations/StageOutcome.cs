namespace Marathon.Controller.Orchestrations;

/// <summary>How a stage ended.</summary>
public enum StageOutcome
{
    /// <summary>It came to its end.</summary>
    Finished,

    /// <summary>It was told to stop, and did.</summary>
    Interrupted,

    /// <summary>It threw.</summary>
    Failed,

    /// <summary>It was told to stop and did not in time.</summary>
    Terminated,
}
