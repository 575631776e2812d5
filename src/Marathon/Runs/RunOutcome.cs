namespace Marathon.Runs;

/// <summary>How a run ended, whatever its verdict.</summary>
public enum RunOutcome
{
    /// <summary>Every stage came to its end.</summary>
    Finished,

    /// <summary>An operator, a deadline or a shutdown ended it early.</summary>
    Interrupted,

    /// <summary>Something of ours broke.</summary>
    Failed,
}
