using System.Globalization;
using Marathon.Controller.Orchestrations;
using Marathon.Controller.Runs;
using Marathon.Durable;

namespace Marathon.Controller.Loop;

/// <summary>One run of the loop, a sub-orchestration whose instance id is the run's id.</summary>
internal sealed class LoopRun(OrchestrationContext context, LoopControl control, LoopTurn turn)
{
    private const string HarnessFault = "harness-fault";
    private readonly DateTime startedAt = context.CurrentUtcDateTime;

    /// <summary>Makes it, and waits for its end; a skip or stop interrupts it.</summary>
    public async Task<LoopVerdict> PlayAsync()
    {
        string runId = string.Create(
            CultureInfo.InvariantCulture, $"{turn.Spec.Scenario}-{startedAt:yyyyMMdd-HHmmss}-{context.NewGuid().ToString("N")[..4]}");
        control.Show(runId, turn.Index + 1, null);
        try
        {
            RunInput input = await context.CallActivityAsync<RunInput>(nameof(AdmitLoopRun), new AdmitLoopRunRequest(runId, turn.Spec), Retries.Few);
            Task<RunEnd> run = context.CallSubOrchestratorAsync<RunEnd>(nameof(RunOrchestrator), input, new SubOrchestrationOptions(instanceId: runId));
            await WatchAsync(runId, run);
            RunEnd end = await run;
            return Verdict(runId, end.Verdict, end.Outcome, end.Reason);
        }
        catch (TaskFailedException error)
        {
            bool refused = error.TaskName == nameof(AdmitLoopRun);
            return Verdict(runId, HarnessFault, refused ? "refused" : "failed", FailureText.Of(error));
        }
    }

    private async Task WatchAsync(string runId, Task run)
    {
        bool interrupted = false;
        while (await Task.WhenAny(run, control.Signalled) != run)
        {
            await control.ObeyAsync();
            if ((control.Skips || control.Stops) && !interrupted)
            {
                string reason = control.Stops ? "the loop was stopped" : "the loop's operator skipped it";
                context.SendEvent(runId, RunSignal.EventName, new RunSignal(RunSignalKind.Interrupt, reason));
                interrupted = true;
            }
        }
    }

    private LoopVerdict Verdict(string runId, string verdict, string outcome, string reason) => new(
        runId, turn.Index + 1, turn.Spec.Scenario, new DateTimeOffset(startedAt, TimeSpan.Zero),
        new DateTimeOffset(context.CurrentUtcDateTime, TimeSpan.Zero), verdict, outcome, reason);
}
