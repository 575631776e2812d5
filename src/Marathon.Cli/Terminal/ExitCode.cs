namespace Marathon.Cli.Terminal;

/// <summary>What the process ends with; scripts rely on it.</summary>
public enum ExitCode
{
    /// <summary>Verdict pass, or a command that did what it was asked.</summary>
    Pass = 0,

    /// <summary>Verdict violation.</summary>
    Violation = 1,

    /// <summary>Refused before a run id exists.</summary>
    BadInput = 2,

    /// <summary>Verdict slo-miss.</summary>
    SloMiss = 3,

    /// <summary>Verdict indeterminate.</summary>
    Indeterminate = 4,

    /// <summary>Our side broke, or another process owns the data folder.</summary>
    HarnessFault = 5,

    /// <summary>Interrupted, and no violation was found until then.</summary>
    Interrupted = 130,
}
