using Marathon.Controller.Runs;
using Marathon.Controller.Workers;
using Marathon.Durable;

namespace Marathon.Controller.Activities;

/// <summary>Keeps the counters of the moment: the begin, or the end, of what rates are measured over.</summary>
public sealed class MarkWindow(IRunStore runs, IHeartbeats heartbeats, TimeProvider time) : Activity<MarkWindowRequest, object?>
{
    /// <inheritdoc/>
    public override async Task<object?> RunAsync(ActivityContext context, MarkWindowRequest input)
    {
        CounterRow[] rows = [.. (await heartbeats.ListAsync(input.RunId, CancellationToken.None)).Select(r => r.ToCounters())];
        DateTimeOffset now = time.GetUtcNow();
        await runs.UpdateAsync(
            input.RunId,
            run => (input.End, run.Window) switch
            {
                (false, null) => run with { Window = new MeasuredWindow(now, rows) },
                (true, { EndedAt: null } window) => run with { Window = window with { EndedAt = now, AtEnd = rows } },
                _ => run,
            },
            CancellationToken.None);
        return null;
    }
}
