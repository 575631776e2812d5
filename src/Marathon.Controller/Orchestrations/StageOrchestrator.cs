using Marathon.Controller.Activities;
using Marathon.Controller.Orchestrations.Toolkit;
using Marathon.Durable;
using Marathon.Runs;
using Marathon.Scenarios;

namespace Marathon.Controller.Orchestrations;

/// <summary>Runs one stage of a scenario. Its instance id is <c>&lt;run&gt;-&lt;attempt&gt;-&lt;stage&gt;</c>.</summary>
public sealed class StageOrchestrator(ScenarioCatalog catalog) : Orchestrator<StageInput, StageResult>
{
    /// <inheritdoc/>
    public override async Task<StageResult> RunAsync(OrchestrationContext context, StageInput input)
    {
        StageControl control = new(context, input.Paused);
        StageCalls calls = new(context, control, input);
        DurableToolkit toolkit = new(calls);
        Task listening = control.ListenAsync(signal => ApplyAsync(calls, input, signal));
        try
        {
            Task stage = RunStageAsync(catalog, calls, toolkit, input);
            if (await Task.WhenAny(stage, listening) == listening)
            {
                await listening;
            }

            await stage;
            return StageResult.Finished;
        }
        catch (StageInterruptedException interrupt)
        {
            await calls.SettledAsync();
            if (calls.HasLeftCalls)
            {
                // This instance ends with its last call, which may take as long as a worker does not answer.
                calls.Tell(new RunSignal(RunSignalKind.StageStopped, interrupt.Reason, Stage: context.InstanceId));
            }

            return new StageResult(StageOutcome.Interrupted, interrupt.Reason);
        }
        catch (CannotGoOnException cannot)
        {
            return new StageResult(StageOutcome.Failed, cannot.Message, MayTryAgain: true);
        }
        catch (Exception error) when (error is not NonDeterministicOrchestrationException)
        {
            return new StageResult(StageOutcome.Failed, FailureText.Of(error));
        }
    }

    private static async Task RunStageAsync(ScenarioCatalog catalog, StageCalls calls, DurableToolkit toolkit, StageInput input)
    {
        ScenarioDefinition scenario = catalog.Get(input.Spec.Scenario);
        WorkloadConfig config = scenario.Bind(input.Spec);
        switch (input.Stage)
        {
            case StageName.Prepare:
                // Null is the answer of builds that waited for it.
                while (await calls.CallAsync<bool?>(nameof(ProvisionCluster), new RunRequest(input.RunId)) is false)
                {
                }

                break;
            case StageName.Workload:
                await toolkit.MeasureAsync();
                break;
            case StageName.Cleanup:
                while (await calls.CallAsync<TimeSpan?>(nameof(HealFaults), new RunRequest(input.RunId)) is { } again)
                {
                    await calls.DelayAsync(again);
                }

                break;
        }

        await scenario.RunStageAsync(input.Stage, toolkit, config);
    }

    // What a signal does to the load, beside what it does to the stage's clock.
    private static async Task ApplyAsync(StageCalls calls, StageInput input, StageSignal signal)
    {
        switch (signal.Kind)
        {
            case StageSignalKind.Pause:
                await calls.CallRegardlessAsync<object?>(nameof(ChangeThroughput), new ThroughputRequest(input.RunId, calls.NextId("pause"), Paused: true));
                while (await calls.CallRegardlessAsync<TimeSpan?>(nameof(HealFaults), new RunRequest(input.RunId)) is { } again)
                {
                    await calls.DelayRegardlessAsync(again);
                }

                break;
            case StageSignalKind.Resume:
                await calls.CallRegardlessAsync<object?>(nameof(ChangeThroughput), new ThroughputRequest(input.RunId, calls.NextId("resume"), Paused: false));
                break;
            case StageSignalKind.Throughput:
                await calls.CallRegardlessAsync<object?>(
                    nameof(ChangeThroughput), new ThroughputRequest(input.RunId, calls.NextId("rate"), Rate: new(signal.RatePerSecond)));
                break;
        }
    }
}
