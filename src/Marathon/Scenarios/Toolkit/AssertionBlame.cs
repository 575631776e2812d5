namespace Marathon.Scenarios.Toolkit;

/// <summary>What a failed assertion makes of the verdict.</summary>
public enum AssertionBlame
{
    /// <summary>The system broke its promise.</summary>
    Violation,

    /// <summary>An objective was missed.</summary>
    SloMiss,

    /// <summary>The load was not what was asked for: a reason of ours unless the cluster explains it.</summary>
    HarnessFault,
}
