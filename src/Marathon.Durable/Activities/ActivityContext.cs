namespace Marathon.Durable;

/// <summary>What an activity knows about its call.</summary>
public abstract class ActivityContext
{
    /// <summary>The name it was called by.</summary>
    public abstract TaskName Name { get; }

    /// <summary>The instance id of the calling orchestration.</summary>
    public abstract string InstanceId { get; }
}
