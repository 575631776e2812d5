using Marathon.Configuration;
using Marathon.Controller.Runs;
using Marathon.Durable;

namespace Marathon.Controller.Activities;

/// <summary>Writes down how a stage ended.</summary>
public sealed class EndStage(IRunStore runs, TimeProvider time) : Activity<EndStageRequest, object?>
{
    /// <inheritdoc/>
    public override async Task<object?> RunAsync(ActivityContext context, EndStageRequest input)
    {
        string name = EnumText.Name(input.Stage);
        await runs.UpdateAsync(
            input.RunId,
            run => run.Stages.FirstOrDefault(s => s.Attempt == input.Attempt && s.Name == name) is { EndedAt: null } begun
                ? run.With(begun with { EndedAt = time.GetUtcNow(), Outcome = EnumText.Name(input.Result.Outcome), Reason = input.Result.Reason })
                : run,
            CancellationToken.None);
        return null;
    }
}
