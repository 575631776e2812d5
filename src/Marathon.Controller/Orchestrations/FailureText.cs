using Marathon.Durable;

namespace Marathon.Controller.Orchestrations;

/// <summary>What an orchestration says of an exception.</summary>
internal static class FailureText
{
    /// <summary>The message of what really went wrong: a failed task tells of its own exception.</summary>
    public static string Of(Exception error) => error switch
    {
        TaskFailedException { FailureDetails: { } details } => Root(details).ErrorMessage,
        TaskFailedException => "it was terminated",
        _ => error.Message,
    };

    private static TaskFailureDetails Root(TaskFailureDetails details) =>
        details is { ErrorType: "Marathon.Durable.TaskFailedException", InnerFailure: { } inner } ? Root(inner) : details;
}
