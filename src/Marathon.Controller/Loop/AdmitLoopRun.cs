using Marathon.Controller.Orchestrations;
using Marathon.Controller.Runs;
using Marathon.Durable;

namespace Marathon.Controller.Loop;

/// <summary>Checks a run of the loop and writes its record; the loop itself runs it.</summary>
public sealed class AdmitLoopRun(RunAdmission admission) : Activity<AdmitLoopRunRequest, RunInput>
{
    /// <inheritdoc/>
    public override async Task<RunInput> RunAsync(ActivityContext context, AdmitLoopRunRequest input)
    {
        RunRecord run = await admission.AdmitAsync(input.Spec, input.RunId, LoopOrchestrator.InstanceId, CancellationToken.None);
        return new RunInput(run.RunId, run.Spec, run.Settings);
    }
}
