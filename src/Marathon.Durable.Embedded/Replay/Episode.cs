using Marathon.Durable.History;

namespace Marathon.Durable.Embedded.Replay;

/// <summary>Runs an orchestrator once: replays its history, plays new events, and collects what it asks for.</summary>
internal sealed partial class Episode(EpisodeSettings settings, InstanceHead head)
{
    /// <param name="past">The history so far.</param>
    /// <param name="inbound">What has arrived, in order; the start of the execution first if the history is empty.</param>
    /// <param name="now">The time of this episode, UTC.</param>
    public EpisodeOutcome Run(IReadOnlyList<HistoryEvent> past, IReadOnlyList<HistoryEvent> inbound, DateTime now)
    {
        List<HistoryEvent> history = [new OrchestratorStartedEvent(-1, now), .. inbound];
        if (inbound.OfType<ExecutionTerminatedEvent>().FirstOrDefault() is { } terminated)
            return Terminate(history, terminated, now);

        SynchronizationContext? before = SynchronizationContext.Current;
        ReplaySynchronizationContext thread = new(() => Logs.ForeignContinuation(settings.Logger, head.Name, head.InstanceId));
        SynchronizationContext.SetSynchronizationContext(thread);
        try
        {
            return Run(new ReplayContext(settings, head, thread), thread, past, history, now);
        }
        finally
        {
            thread.Close();
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>Termination beats whatever else has arrived, and the orchestrator's code does not run for it.</summary>
    private static EpisodeOutcome Terminate(List<HistoryEvent> history, ExecutionTerminatedEvent terminated, DateTime now)
    {
        history.Add(new ExecutionCompletedEvent(-1, now, OrchestrationRuntimeStatus.Terminated, terminated.Output, null));
        history.Add(new OrchestratorCompletedEvent(-1, now));
        return new(history, OrchestrationRuntimeStatus.Terminated)
        {
            Output = terminated.Output,
            TerminatesChildren = terminated.Recursive,
        };
    }

    private EpisodeOutcome Run(
        ReplayContext context,
        ReplaySynchronizationContext thread,
        IReadOnlyList<HistoryEvent> past,
        List<HistoryEvent> history,
        DateTime now)
    {
        Task<string?>? function = null;
        try
        {
            context.BeginReplay();
            Apply(past);
            context.EndReplay();
            Apply(history);
        }
        catch (NonDeterministicOrchestrationException e)
        {
            return Fail(context, history, now, e.Message, TaskFailureDetails.FromException(e), sends: false);
        }
#pragma warning disable CA1031 // Whatever delivering an event throws (a payload that does not fit, say) fails the instance, not the engine.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Fail(context, history, now, null, TaskFailureDetails.FromException(e), sends: false);
        }

        // To begin again would forget that it was suspended: that waits for the resumption.
        bool mustWait = context is { Next: not null, IsSuspended: true };
        if (function is not { IsCompleted: true } || context.HasOpenTasks || mustWait)
            return GoOn(context, history, now);
        return Complete(context, history, now, function);

        void Apply(IReadOnlyList<HistoryEvent> events)
        {
            foreach (HistoryEvent recorded in events)
            {
                if (recorded is ExecutionStartedEvent started)
                    function = StartAsync(context, started);
                else
                    context.Apply(recorded);
                thread.Drain();
            }
        }
    }

    private async Task<string?> StartAsync(ReplayContext context, ExecutionStartedEvent started)
    {
        if (!settings.Registry.TryGetOrchestrator(head.Name, out TaskRegistration<IOrchestrator>? registration))
            throw new OpenTaskFailure(FailureTypes.NoOrchestrator(head.Name));
        IOrchestrator orchestrator = registration.Factory(settings.Services);
        context.Input = settings.Converter.Deserialize(started.Input, orchestrator.InputType);
        string? output = settings.Converter.Serialize(await orchestrator.RunAsync(context, context.Input));
        PayloadLimits.Check(output, $"The output of orchestrator '{head.Name}'");
        return output;
    }

    private static EpisodeOutcome GoOn(ReplayContext context, List<HistoryEvent> history, DateTime now)
    {
        Record(context, history, now);
        history.Add(new OrchestratorCompletedEvent(-1, now));
        return new(history, context.IsSuspended ? OrchestrationRuntimeStatus.Suspended : OrchestrationRuntimeStatus.Running)
        {
            Actions = context.NewActions,
            CancelledTimers = context.CancelledTimers,
            CustomStatus = new(context.CustomStatus),
        };
    }

    private static EpisodeOutcome Complete(ReplayContext context, List<HistoryEvent> history, DateTime now, Task<string?> function)
    {
        string? output;
        try
        {
            output = function.GetAwaiter().GetResult();
        }
        catch (OpenTaskFailure e)
        {
            return Fail(context, history, now, null, e.Failure!, sends: true);
        }
        catch (OperationCanceledException) when (function.IsCanceled)
        {
            return Fail(context, history, now, null, Cancelled(function), sends: true);
        }
#pragma warning disable CA1031 // The orchestrator's own failure, of any type, is its result.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Fail(context, history, now, e.Message, TaskFailureDetails.FromException(e), sends: true);
        }

        Record(context, history, now);
        if (context.Next is { } next)
        {
            history.Add(new ContinueAsNewEvent(context.TakeCompletionId(), now, next.Input));
            history.Add(new OrchestratorCompletedEvent(-1, now));
            return new(history, OrchestrationRuntimeStatus.Running)
            {
                Actions = context.NewActions,
                CancelledTimers = context.CancelledTimers,
                Next = next,
                CustomStatus = new(null),
            };
        }

        history.Add(new ExecutionCompletedEvent(context.TakeCompletionId(), now, OrchestrationRuntimeStatus.Completed, output, null));
        history.Add(new OrchestratorCompletedEvent(-1, now));
        return new(history, OrchestrationRuntimeStatus.Completed)
        {
            Actions = context.NewActions,
            CustomStatus = new(context.CustomStatus),
            Output = output,
        };
    }

    /// <param name="sends">False when the replay broke: then nothing that it asked for is to be trusted.</param>
    private static EpisodeOutcome Fail(
        ReplayContext context, List<HistoryEvent> history, DateTime now, string? output, TaskFailureDetails failure, bool sends)
    {
        if (sends)
            Record(context, history, now);
        history.Add(new ExecutionCompletedEvent(context.TakeCompletionId(), now, OrchestrationRuntimeStatus.Failed, output, failure));
        history.Add(new OrchestratorCompletedEvent(-1, now));
        return new(history, OrchestrationRuntimeStatus.Failed)
        {
            Actions = sends ? context.NewActions : [],
            CustomStatus = new(context.CustomStatus),
            Output = output,
            Failure = failure,
        };
    }

    private static void Record(ReplayContext context, List<HistoryEvent> history, DateTime now)
    {
        foreach (OrchestratorAction action in context.NewActions)
        {
            history.Add(action switch
            {
                CallActivity call => new TaskScheduledEvent(call.Id, now, call.Name, call.Input),
                CreateTimer timer => new TimerCreatedEvent(timer.Id, now, timer.FireAt),
                CallSubOrchestrator call => new SubOrchestrationInstanceCreatedEvent(call.Id, now, call.Name, call.InstanceId, call.Input),
                SendEvent sent => new EventSentEvent(sent.Id, now, sent.InstanceId, sent.Name, sent.Input),
                _ => throw new InvalidOperationException($"No history event stands for {action}."),
            });
        }
    }

    /// <summary>A cancelled function fails as Durable Task reports it: an aggregate around the cancellation.</summary>
    private static TaskFailureDetails Cancelled(Task<string?> function)
    {
        try
        {
            function.Wait(CancellationToken.None);
        }
        catch (AggregateException e)
        {
            return TaskFailureDetails.FromException(e);
        }

        throw new InvalidOperationException("The function was not cancelled.");
    }
}
