namespace Marathon.Durable;

/// <summary>An activity or a sub-orchestration failed; the details are those of its own exception.</summary>
public sealed class TaskFailedException : Exception
{
    public TaskFailedException(string taskName, int taskId, TaskFailureDetails? failureDetails)
        : base(Describe(taskName, taskId, failureDetails?.ErrorMessage))
    {
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = failureDetails;
    }

    public TaskFailedException(string taskName, int taskId, Exception innerException)
        : base(Describe(taskName, taskId, innerException.Message), innerException)
    {
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = TaskFailureDetails.FromException(innerException);
    }

    public string TaskName { get; }

    /// <summary>The number of the action in its orchestration, from 0.</summary>
    public int TaskId { get; }

    /// <summary>Null when a sub-orchestration was terminated rather than failed.</summary>
    public TaskFailureDetails? FailureDetails { get; }

    private static string Describe(string taskName, int taskId, string? why) =>
        $"Task '{taskName}' (#{taskId}) failed with an unhandled exception" + (why is null ? "." : $": {why}");
}
