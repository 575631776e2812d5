namespace Marathon.Scenarios.Toolkit;

/// <summary>How much an assertion or an anomaly matters.</summary>
public enum Severity
{
    /// <summary>Data was lost or broken.</summary>
    Critical,

    /// <summary>A promise was not kept.</summary>
    Error,

    /// <summary>Worth a look.</summary>
    Warning,

    /// <summary>Good to know.</summary>
    Info,
}
