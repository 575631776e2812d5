namespace Marathon.Durable.Embedded.Storage;

/// <summary>A timer of an instance, or with <see cref="Start"/> as its id the time at which the instance is to start.</summary>
internal readonly record struct TimerDue(long InstanceKey, string ExecutionId, int TimerId, DateTime FireAt)
{
    public const int Start = -1;
}
