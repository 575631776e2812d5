using Marathon.Controller.Activities;
using Marathon.Durable;
using Marathon.Runs;
using Marathon.Scenarios;

namespace Marathon.Controller.Orchestrations;

/// <summary>
/// Runs stages as sub-orchestrations, each to its deadline. A stage that was told to stop and does not within the grace
/// period is terminated, and so is one that has stopped but for calls that nobody waits for: a stage merely abandoned would go
/// on acting during cleanup.
/// </summary>
internal sealed class StageRunner(OrchestrationContext context, ScenarioCatalog catalog, RunControl control, RunInput input, int attempt)
{
    private readonly WorkloadConfig? config = TryBind(catalog, input);

    /// <summary>Runs a stage, unless the attempt is to end and it is not the cleanup.</summary>
    public async Task<StageResult> RunAsync(StageName stage)
    {
        if (stage != StageName.Cleanup && control.Interruption is { } interruption)
        {
            return new StageResult(StageOutcome.Interrupted, interruption.Reason);
        }

        string id = $"{input.RunId}-{attempt}-{stage.ToString().ToLowerInvariant()}";
        await context.CallActivityAsync(nameof(BeginStage), new StageRequest(input.RunId, attempt, stage), Retries.Many);
        control.Enter(stage, id);
        Task<StageResult> running = context.CallSubOrchestratorAsync<StageResult>(
            nameof(StageOrchestrator),
            new StageInput(input.RunId, attempt, stage, input.Spec, input.Settings, control.Paused && stage != StageName.Cleanup),
            new SubOrchestrationOptions(instanceId: id));
        await UntilEndedAsync(stage, id, running);
        StageResult result = await ResultAsync(running);
        control.Leave();
        await context.CallActivityAsync(nameof(EndStage), new EndStageRequest(input.RunId, attempt, stage, result), Retries.Many);
        return result;
    }

    private async Task UntilEndedAsync(StageName stage, string id, Task running)
    {
        TimeSpan left = LimitOf(stage);
        while (!running.IsCompleted && !MustStop(stage))
        {
            DateTime from = context.CurrentUtcDateTime;
            bool ticking = !control.Paused;
            using CancellationTokenSource cancel = new();
            Task deadline = ticking ? context.CreateTimer(left, cancel.Token) : running;
            await Task.WhenAny(running, control.Changed, deadline);
            if (ticking && !deadline.IsCompleted)
            {
                cancel.Cancel();
                left -= context.CurrentUtcDateTime - from;
            }
            else if (ticking && !running.IsCompleted)
            {
                Overdue(stage);
                break;
            }
        }

        if (!running.IsCompleted && !await EndsWithinAsync(input.Settings.GracePeriod, running))
        {
            await context.CallActivityAsync(
                nameof(TerminateOrchestration),
                new TerminateRequest(id, control.Stopped.IsCompleted ? "the stage has stopped" : "the stage did not end within the grace period"),
                Retries.Many);
        }
    }

    private bool MustStop(StageName stage) => stage != StageName.Cleanup && control.Interruption is not null;

    private void Overdue(StageName stage)
    {
        string reason = $"the {stage.ToString().ToLowerInvariant()} stage took longer than its limit of {LimitOf(stage).TotalSeconds:0} s";
        if (stage == StageName.Cleanup)
        {
            control.EndCleanup(reason);
        }
        else
        {
            control.Interrupt(new Interruption(reason, ByOperator: true));
        }
    }

    private async Task<bool> EndsWithinAsync(TimeSpan within, Task running)
    {
        using CancellationTokenSource cancel = new();
        Task grace = context.CreateTimer(within, cancel.Token);
        if (await Task.WhenAny(running, control.Stopped, grace) != grace)
        {
            cancel.Cancel();
        }

        return running.IsCompleted;
    }

    private async Task<StageResult> ResultAsync(Task<StageResult> running)
    {
        try
        {
            return await running;
        }
        catch (TaskFailedException error)
        {
            if (error.FailureDetails is not null)
            {
                return new StageResult(StageOutcome.Failed, FailureText.Of(error));
            }

            return control.Stopped.IsCompleted
                ? new StageResult(StageOutcome.Interrupted, await control.Stopped)
                : new StageResult(StageOutcome.Terminated, "it did not end when told to, and was terminated");
        }
    }

    private TimeSpan LimitOf(StageName stage) => stage switch
    {
        StageName.Prepare => input.Settings.PrepareWithin,
        StageName.Warmup => input.Settings.WarmupWithin ?? (config?.Warmup ?? TimeSpan.Zero) + input.Settings.StageSlack,
        StageName.Workload => input.Settings.WorkloadWithin ?? (config is null ? TimeSpan.Zero : config.Duration + config.DrainWithin) + input.Settings.StageSlack,
        _ => input.Settings.CleanupWithin,
    };

    // A spec that no longer binds (an older controller accepted it) fails in the stage, where the report tells of it.
    private static WorkloadConfig? TryBind(ScenarioCatalog catalog, RunInput input)
    {
        try
        {
            return catalog.Get(input.Spec.Scenario).Bind(input.Spec);
        }
        catch (Configuration.SpecException)
        {
            return null;
        }
    }
}
