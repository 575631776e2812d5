using Marathon.Controller.Runs;
using Marathon.Durable;
using Marathon.Reports;

namespace Marathon.Controller.Activities;

/// <summary>Writes down that an attempt begins.</summary>
public sealed class BeginAttempt(IRunStore runs, TimeProvider time) : Activity<AttemptRequest, object?>
{
    /// <inheritdoc/>
    public override async Task<object?> RunAsync(ActivityContext context, AttemptRequest input)
    {
        AttemptReport attempt = new(input.Attempt, time.GetUtcNow(), null, "running", null);
        await runs.UpdateAsync(
            input.RunId,
            run => run.Attempts.Any(a => a.Number == input.Attempt) ? run : run.Begin(attempt),
            CancellationToken.None);
        return null;
    }
}
