using Marathon.Controller.Activities;
using Marathon.Controller.Fleets;
using Marathon.Durable;
using Marathon.Runs;
using Marathon.Scenarios;

namespace Marathon.Controller.Orchestrations;

/// <summary>One attempt, from bringing things up to having nothing left of them.</summary>
internal sealed class AttemptStory(OrchestrationContext context, ScenarioCatalog catalog, RunControl control, RunInput input, int attempt)
{
    private static readonly StageName[] Stages = [StageName.Prepare, StageName.Warmup, StageName.Workload];
    private readonly StageRunner stages = new(context, catalog, control, input, attempt);

    public async Task<AttemptResult> RunAsync()
    {
        control.BeginAttempt(attempt);
        await CallAsync(nameof(BeginAttempt), new AttemptRequest(input.RunId, attempt));
        Watchers watchers = new(context, input, attempt);
        watchers.Start();

        StageResult result = StageResult.Finished;
        foreach (StageName stage in Stages)
        {
            if (result.Outcome == StageOutcome.Finished)
            {
                result = await stages.RunAsync(stage);
            }
        }

        AttemptResult attemptResult = Conclude(result);
        control.Conclude(attemptResult);
        string? trouble = await VerifyAsync(attemptResult);
        StageResult cleanup = await stages.RunAsync(StageName.Cleanup);
        // First the watchers: a cluster that is being released is not one that died. Its lease outlasts its release.
        await watchers.StopAsync();
        string? left = await ReleaseAsync();
        string reason = string.Join("; ", new[] { attemptResult.Reason, trouble, cleanup.Outcome == StageOutcome.Finished ? null : $"cleanup: {cleanup.Reason}", left }.OfType<string>());
        await CallAsync(nameof(EndAttempt), new EndAttemptRequest(input.RunId, attempt, attemptResult.Outcome, reason.Length > 0 ? reason : null));
        return attemptResult;
    }

    private AttemptResult Conclude(StageResult result) => (result.Outcome, control.Interruption) switch
    {
        (StageOutcome.Finished, _) => new(RunOutcome.Finished, null, false),
        (_, { ByOperator: true } interruption) => new(RunOutcome.Interrupted, interruption.Reason, false),
        (_, { } interruption) => new(RunOutcome.Failed, interruption.Reason, interruption.MayTryAgain),
        _ => new(RunOutcome.Failed, result.Reason, result.MayTryAgain),
    };

    // A verification that cannot be made leaves the records unseen: the report says why.
    private async Task<string?> VerifyAsync(AttemptResult result)
    {
        string id = $"{input.RunId}-{attempt}-verify";
        VerificationInput request = new(input.RunId, attempt, input.Settings, result.Outcome == RunOutcome.Finished, context.CurrentUtcDateTime + input.Settings.VerifyWithin);
        Task verification = context.CallSubOrchestratorAsync(nameof(VerificationOrchestrator), request, new SubOrchestrationOptions(instanceId: id));
        using CancellationTokenSource cancel = new();
        Task limit = context.CreateTimer(input.Settings.VerifyWithin + input.Settings.GracePeriod, cancel.Token);
        if (await Task.WhenAny(verification, limit) == limit)
        {
            await TryAsync(nameof(TerminateOrchestration), new TerminateRequest(id, "the verification took too long"));
        }
        else
        {
            cancel.Cancel();
        }

        try
        {
            await verification;
            return null;
        }
        catch (TaskFailedException error)
        {
            return $"the verification failed: {FailureText.Of(error)}";
        }
    }

    // The cleanup has done this already, unless it failed or was cut short. The next attempt makes its machines under the same names.
    private async Task<string?> ReleaseAsync()
    {
        try
        {
            // Null is what earlier builds recorded.
            FleetOperation? fleet = await context.CallActivityAsync<FleetOperation?>(nameof(ReleaseRun), new RunRequest(input.RunId), Retries.Many);
            DateTime deadline = context.CurrentUtcDateTime + input.Settings.CleanupWithin;
            for (int polls = 0; fleet is { State: FleetOperationState.Running } && context.CurrentUtcDateTime < deadline; polls++)
            {
                // Each look is kept in the run's history: the longer it takes, the rarer they become.
                await context.CreateTimer(fleet.PollAfter * (1 + (polls / 4.0)), CancellationToken.None);
                fleet = await context.CallActivityAsync<FleetOperation>(nameof(PollFleet), fleet, Retries.Many);
            }

            return fleet is null or { State: FleetOperationState.Succeeded } ? null : $"the fleet is not all gone: {fleet.Detail}";
        }
        catch (TaskFailedException error)
        {
            return FailureText.Of(error);
        }
    }

    private Task CallAsync(string activity, object request) => context.CallActivityAsync(activity, request, Retries.Many);

    private async Task<string?> TryAsync(string activity, object request)
    {
        try
        {
            await CallAsync(activity, request);
            return null;
        }
        catch (TaskFailedException error)
        {
            return FailureText.Of(error);
        }
    }
}
