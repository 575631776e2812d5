namespace Marathon.Durable.Embedded.Replay;

/// <summary>Error types of failures that are no exception of the application's. Trying again does not help.</summary>
internal static class FailureTypes
{
    public const string ActivityNotFound = "ActivityTaskNotFound";
    public const string OrchestratorNotFound = "OrchestratorTaskNotFound";

    public static TaskFailureDetails NoActivity(string name) => new(ActivityNotFound, $"No activity task named '{name}' was found.");

    public static TaskFailureDetails NoOrchestrator(string name) =>
        new(OrchestratorNotFound, $"No orchestrator task named '{name}' was found.");
}
