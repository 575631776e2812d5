using System.Text.Json.Nodes;

namespace Marathon.Durable.Embedded.Tests.Golden;

public sealed partial class Scenario
{
    public static JsonObject Describe(OrchestrationMetadata? instance)
    {
        if (instance is null)
            return new JsonObject { ["exists"] = false };
        JsonObject state = new()
        {
            ["status"] = instance.RuntimeStatus.ToString(),
            ["output"] = instance.SerializedOutput,
            ["failure"] = Describe(instance.FailureDetails),
        };
        if (instance.SerializedCustomStatus is { } custom)
            state["customStatus"] = custom;
        return state;
    }

    public static JsonObject? Describe(TaskFailureDetails? failure) => failure is null ? null : new JsonObject
    {
        ["errorType"] = failure.ErrorType,
        ["errorMessage"] = failure.ErrorMessage,
        ["hasStackTrace"] = !string.IsNullOrEmpty(failure.StackTrace),
        ["innerFailure"] = Describe(failure.InnerFailure),
    };

    public static JsonObject Describe(Exception? exception)
    {
        if (exception is null)
            return new JsonObject { ["threw"] = false };
        JsonObject thrown = new()
        {
            ["threw"] = true,
            ["exceptionType"] = exception.GetType().FullName,
            ["message"] = exception.Message,
            ["innerExceptionType"] = exception.InnerException?.GetType().FullName,
        };
        if (exception is TaskFailedException failed)
        {
            thrown["taskName"] = failed.TaskName;
            thrown["taskId"] = failed.TaskId;
            thrown["failureDetails"] = Describe(failed.FailureDetails);
        }

        return thrown;
    }

    /// <summary>What a call of the client, or an await of the orchestrator, throws.</summary>
    public static async Task<JsonObject> ThrownAsync(Func<Task> call)
    {
        try
        {
            await call();
            return Describe((Exception?)null);
        }
        catch (Exception e)
        {
            return Describe(e);
        }
    }

    /// <summary>Records under "caught" what an await of the orchestrator throws.</summary>
    public async Task CatchAsync(Func<Task> call, string member = "caught") => Observe(member, await ThrownAsync(call));
}
