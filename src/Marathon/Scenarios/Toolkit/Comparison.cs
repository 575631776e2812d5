namespace Marathon.Scenarios.Toolkit;

/// <summary>On which side of the threshold the observed value must be; the threshold itself is fine.</summary>
public enum Comparison
{
    /// <summary>Not below.</summary>
    AtLeast,

    /// <summary>Not above.</summary>
    AtMost,
}
