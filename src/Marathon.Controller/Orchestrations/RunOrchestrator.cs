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
        AttemptResult result;
        int attempt = 0;
        do
        {
            Task<AttemptResult> trying = new AttemptStory(context, catalog, control, input, ++attempt).RunAsync();
            if (await Task.WhenAny(trying, listening) == listening)
            {
                await listening;
            }

            result = await trying;
        }
        while (result.MayTryAgain && attempt < input.Settings.MaxAttempts);

        RunEnd end = await context.CallActivityAsync<RunEnd>(
            nameof(WriteReport), new WriteReportRequest(input.RunId, result.Outcome, result.Reason), Retries.Many);
        control.Show(RunState.Finished, end.Reason);
        return end;
    }
}
