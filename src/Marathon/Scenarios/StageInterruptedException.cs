namespace Marathon.Scenarios;

/// <summary>The stage was told to stop: by an operator, a deadline, a fleet below quorum, or the controller's shutdown.</summary>
public sealed class StageInterruptedException(string reason) : Exception($"The stage was interrupted: {reason}")
{
    /// <summary>Why.</summary>
    public string Reason { get; } = reason;
}
