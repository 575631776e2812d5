namespace Marathon.Durable;

/// <summary>Where an instance stands. <see cref="ContinuedAsNew"/> and <see cref="Canceled"/> exist for compatibility only.</summary>
public enum OrchestrationRuntimeStatus
{
    Running,
    Completed,
    ContinuedAsNew,
    Failed,
    Canceled,
    Terminated,
    Pending,
    Suspended,
}
