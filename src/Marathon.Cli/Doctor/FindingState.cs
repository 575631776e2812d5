namespace Marathon.Cli.Doctor;

/// <summary>How a <see cref="Finding"/> is.</summary>
internal enum FindingState
{
    /// <summary>It is there.</summary>
    Fine,

    /// <summary>Missing, and only some commands need it.</summary>
    Optional,

    /// <summary>Missing, and every run needs it.</summary>
    Missing,
}
