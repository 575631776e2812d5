using Marathon.Controller.Activities;
using Marathon.Controller.Runs;
using Marathon.Durable;
using Marathon.Runs;
using Marathon.Scenarios;

namespace Marathon.Controller.Orchestrations;

/// <summary>
/// A run: attempts of prepare, warm-up, workload, verification and cleanup, and a report however it went. Its instance id
/// is the run's id.
/// </summary>
public sealed class RunOrchestrator(ScenarioCatalog catalog) : Orchestrator<RunInput, RunEnd>
{
    /// <inheritdoc/>
    public override async Task<RunEnd> RunAsync(OrchestrationContext context, RunInput input)
    {
        RunControl control = new(context, input.Settings);
        Task listening = control.ListenAsync();
        control.Show(RunState.Pending);
        using CancellationTokenSource over = new();
        if (input.Settings.RunWithin is { } within)
        {
            _ = EndAfterAsync(context, control, within, over.Token);
        }

        Task<AttemptResult> trying = TryAsync(context, control, input);
        if (await Task.WhenAny(trying, listening) == listening)
        {
            await listening;
        }

        AttemptResult result = await trying;
        over.Cancel();
        RunEnd end = await context.CallActivityAsync<RunEnd>(
            nameof(WriteReport), new WriteReportRequest(input.RunId, result.Outcome, result.Reason), Retries.Many);
        control.Show(RunState.Finished, end.Reason);
        return end;
    }

    private async Task<AttemptResult> TryAsync(OrchestrationContext context, RunControl control, RunInput input)
    {
        TimeSpan pause = input.Settings.RetryAfter;
        for (int attempt = 1; ; attempt++)
        {
            AttemptResult result = await new AttemptStory(context, catalog, control, input, attempt).RunAsync();
            if (!result.MayTryAgain || attempt >= input.Settings.MaxAttempts)
            {
                return result;
            }

            if (control.End is null)
            {
                pause = pause < input.Settings.RetryAfterAtMost ? pause : input.Settings.RetryAfterAtMost;
                control.Await($"attempt {attempt} was given up ({result.Reason}); the next begins in {pause.TotalSeconds:0} s");
                await WaitAsync(context, control, pause);
                pause *= 2;
            }

            if (control.End is { } end)
            {
                RunOutcome outcome = end.ByOperator ? RunOutcome.Interrupted : RunOutcome.Failed;
                return new AttemptResult(outcome, $"{end.Reason}; attempt {attempt} had been given up: {result.Reason}", MayTryAgain: false);
            }
        }
    }

    private static async Task WaitAsync(OrchestrationContext context, RunControl control, TimeSpan pause)
    {
        using CancellationTokenSource cancel = new();
        Task timer = context.CreateTimer(pause, cancel.Token);
        if (await Task.WhenAny(timer, control.Ended) != timer)
        {
            cancel.Cancel();
        }
    }

    private static async Task EndAfterAsync(OrchestrationContext context, RunControl control, TimeSpan within, CancellationToken over)
    {
        try
        {
            await context.CreateTimer(within, over);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        control.Interrupt(new Interruption($"the run took longer than its limit of {within.TotalSeconds:0} s", ByOperator: true));
    }
}
