using Marathon.Cli.Api;
using Marathon.Cli.Terminal;
using Marathon.Controller.Http;

namespace Marathon.Cli.Running;

/// <summary>Watches a run until it is over. The first signal interrupts it, the second leaves it.</summary>
internal sealed class RunWatch(ControllerLink link, Interrupts interrupts, TimeProvider clock)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(400);

    /// <summary>The finished run; null when there is no such run.</summary>
    /// <exception cref="OperationCanceledException">There was a second signal.</exception>
    public async Task<RunSummary?> UntilFinishedAsync(string runId, IRunDisplay display)
    {
        RateMeter meter = new(clock);
        bool told = false;
        while (true)
        {
            if (interrupts.First.IsCancellationRequested && !told)
            {
                display.Note("interrupting");
                await InterruptAsync(runId);
                display.Note("interrupted: the run cleans up and reports what it has seen; once more leaves now");
                told = true;
            }

            RunSummary? run = await link.CallAsync(c => c.FindAsync(runId, interrupts.Second), interrupts.Second);
            if (run is null or { State: "finished" })
            {
                return run;
            }

            display.Show(meter.Take(run));
            await PauseAsync(told);
        }
    }

    private async Task InterruptAsync(string runId)
    {
        try
        {
            await link.CallAsync(
                async c =>
                {
                    await c.PostAsync($"api/runs/{runId}/interrupt", new InterruptBody("interrupted at the terminal"), interrupts.Second);
                    return true;
                },
                interrupts.Second);
        }
        catch (ApiProblemException e) when (e.Status == StatusCodes.Status409Conflict)
        {
            // It is over, or cleaning up already.
        }
    }

    // A signal does not have to wait for the next look.
    private async Task PauseAsync(bool told)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(told ? interrupts.Second : interrupts.First);
        await Task.Delay(s_interval, clock, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        interrupts.Second.ThrowIfCancellationRequested();
    }
}
