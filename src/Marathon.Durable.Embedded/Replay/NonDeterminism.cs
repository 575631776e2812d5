using Marathon.Durable.History;

namespace Marathon.Durable.Embedded.Replay;

/// <summary>Compares what the history says was done with what the replay asks for.</summary>
internal static class NonDeterminism
{
    private const string Before = "A previous execution of this orchestration scheduled ";
    private const string Question = "Was a change made to the orchestrator code after this instance had already started running?";

    /// <exception cref="NonDeterministicOrchestrationException">They differ in kind or name.</exception>
    public static void Check(HistoryEvent recorded, OrchestratorAction? replayed)
    {
        string? difference = recorded switch
        {
            TaskScheduledEvent task => Compare(task, replayed),
            TimerCreatedEvent timer => Compare(timer, replayed),
            SubOrchestrationInstanceCreatedEvent child => Compare(child, replayed),
            EventSentEvent sent => Compare(sent, replayed),
            _ => null,
        };
        if (difference is not null)
            throw new NonDeterministicOrchestrationException(Before + difference + Question);
    }

    private static string? Compare(TaskScheduledEvent task, OrchestratorAction? replayed) => replayed switch
    {
        null => $"an activity task with sequence ID {task.EventId} and name '{task.Name}' (version ''), {Missing}",
        CallActivity call when Same(call.Name, task.Name) => null,
        CallActivity call => $"an activity task with sequence number {task.EventId} named '{task.Name}', but the current orchestration " +
            $"replay instead scheduled an activity task named '{call.Name}' with this sequence number.  ",
        _ => $"an activity task with sequence number {task.EventId} named '{task.Name}', {Instead(replayed)}",
    };

    private static string? Compare(TimerCreatedEvent timer, OrchestratorAction? replayed) => replayed switch
    {
        null => $"a timer task with sequence number {timer.EventId} {Missing}",
        CreateTimer => null,
        _ => $"a timer task with sequence number {timer.EventId} named {Instead(replayed)}",
    };

    private static string? Compare(SubOrchestrationInstanceCreatedEvent child, OrchestratorAction? replayed)
    {
        string task = $"a sub-orchestration task with sequence ID {child.EventId} and name '{child.Name}' " +
            $"(version '', instance ID '{child.InstanceId}'), ";
        return replayed switch
        {
            null => task + Missing,
            CallSubOrchestrator call when Same(call.Name, child.Name) => null,
            CallSubOrchestrator call => task + "but the current orchestration replay instead scheduled a sub-orchestration task with name " +
                $"{call.Name} at this sequence number. ",
            _ => task + Instead(replayed),
        };
    }

    private static string? Compare(EventSentEvent sent, OrchestratorAction? replayed)
    {
        string task = $"an event '{sent.Name}' to instance '{sent.InstanceId}' with sequence ID {sent.EventId}, ";
        return replayed switch
        {
            null => task + Missing,
            SendEvent send when Same(send.Name, sent.Name) => null,
            SendEvent send => task + $"but the current orchestration replay instead sent an event '{send.Name}' at this sequence number. ",
            _ => task + Instead(replayed),
        };
    }

    private static string Missing => "but the current replay execution hasn't (yet?) scheduled this task. ";

    private static string Instead(OrchestratorAction replayed) =>
        $"but the current orchestration replay instead produced a {replayed.Kind} action with this sequence number. ";

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
