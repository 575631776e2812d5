using Marathon.Configuration;
using Marathon.Controller.Runs;
using Marathon.Durable;
using Marathon.Reports;

namespace Marathon.Controller.Activities;

/// <summary>Writes down that a stage begins.</summary>
public sealed class BeginStage(IRunStore runs, TimeProvider time) : Activity<StageRequest, object?>
{
    /// <inheritdoc/>
    public override async Task<object?> RunAsync(ActivityContext context, StageRequest input)
    {
        StageReport stage = new(input.Attempt, EnumText.Name(input.Stage), time.GetUtcNow(), null, "running");
        await runs.UpdateAsync(
            input.RunId,
            run => run.Stages.Any(s => s.Attempt == stage.Attempt && s.Name == stage.Name) ? run : run.With(stage),
            CancellationToken.None);
        return null;
    }
}
