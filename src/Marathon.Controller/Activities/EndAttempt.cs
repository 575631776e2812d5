using Marathon.Configuration;
using Marathon.Controller.Runs;
using Marathon.Durable;

namespace Marathon.Controller.Activities;

/// <summary>Writes down how an attempt ended.</summary>
public sealed class EndAttempt(IRunStore runs, TimeProvider time) : Activity<EndAttemptRequest, object?>
{
    /// <inheritdoc/>
    public override async Task<object?> RunAsync(ActivityContext context, EndAttemptRequest input)
    {
        string outcome = EnumText.Name(input.Outcome);
        await runs.UpdateAsync(
            input.RunId,
            run => run.Attempts.FirstOrDefault(a => a.Number == input.Attempt) is { EndedAt: null } begun
                ? run.With(begun with { EndedAt = time.GetUtcNow(), Outcome = outcome, Reason = input.Reason })
                : run,
            CancellationToken.None);
        return null;
    }
}
