using System.Text.Json.Nodes;
using Marathon.Durable.History;

namespace Marathon.Durable.Embedded.Http;

/// <summary>A history as the API shows it: results beside the calls they answer, and no markers of episodes.</summary>
internal static class HistoryBody
{
    public static JsonArray Of(IList<HistoryEvent> history, bool showOutput)
    {
        Dictionary<int, HistoryEvent> open = [];
        JsonArray events = [];
        foreach (HistoryEvent recorded in history)
        {
            switch (recorded)
            {
                case OrchestratorStartedEvent or OrchestratorCompletedEvent:
                    break;
                case TaskScheduledEvent or SubOrchestrationInstanceCreatedEvent or TimerCreatedEvent:
                    open[recorded.EventId] = recorded;
                    break;
                default:
                    events.Add(Describe(recorded, open, showOutput));
                    break;
            }
        }

        foreach (HistoryEvent unanswered in open.Values)
            events.Add(Describe(unanswered, open, showOutput));
        return events;
    }

    private static JsonObject Describe(HistoryEvent recorded, Dictionary<int, HistoryEvent> open, bool showOutput)
    {
        JsonObject body = new() { ["EventType"] = recorded.GetType().Name[..^"Event".Length], ["Timestamp"] = recorded.Timestamp };
        switch (recorded)
        {
            case ExecutionStartedEvent started:
                body["FunctionName"] = started.Name;
                break;
            case TaskScheduledEvent scheduled:
                body["FunctionName"] = scheduled.Name;
                break;
            case SubOrchestrationInstanceCreatedEvent created:
                body["FunctionName"] = created.Name;
                break;
            case TaskCompletedEvent completed:
                Answer(completed.TaskScheduledId, completed.Result);
                break;
            case TaskFailedEvent failed:
                Fail(failed.TaskScheduledId, failed.FailureDetails);
                break;
            case SubOrchestrationInstanceCompletedEvent completed:
                Answer(completed.TaskScheduledId, completed.Result);
                break;
            case SubOrchestrationInstanceFailedEvent failed:
                Fail(failed.TaskScheduledId, failed.FailureDetails);
                break;
            case TimerFiredEvent fired:
                open.Remove(fired.TimerId);
                body["FireAt"] = fired.FireAt;
                break;
            case TimerCreatedEvent created:
                body["FireAt"] = created.FireAt;
                break;
            case EventRaisedEvent raised:
                body["Name"] = raised.Name;
                ShowOutput("Input", raised.Input);
                break;
            case EventSentEvent sent:
                body["Name"] = sent.Name;
                body["InstanceId"] = sent.InstanceId;
                break;
            case ExecutionCompletedEvent completed:
                body["OrchestrationStatus"] = completed.Status.ToString();
                ShowOutput("Result", completed.Result);
                break;
        }

        return body;

        void Answer(int id, string? result)
        {
            if (open.Remove(id, out HistoryEvent? call))
            {
                body["ScheduledTime"] = call.Timestamp;
                body["FunctionName"] = (call as TaskScheduledEvent)?.Name ?? (call as SubOrchestrationInstanceCreatedEvent)?.Name;
            }

            ShowOutput("Result", result);
        }

        void Fail(int id, TaskFailureDetails? failure)
        {
            Answer(id, null);
            body["Reason"] = failure?.ErrorMessage;
            body["Details"] = failure?.ErrorType;
        }

        void ShowOutput(string member, string? serialized)
        {
            if (showOutput)
                body[member] = StatusBody.Json(serialized);
        }
    }
}
