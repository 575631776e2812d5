using Marathon.Durable;

namespace Marathon.Controller.Loop;

/// <summary>What the loop has been told, and what it tells the world. It keeps the one live waiter for <see cref="LoopSignal"/>.</summary>
internal sealed class LoopControl(OrchestrationContext context, LoopPosition position)
{
    private Task<LoopSignal> signal = context.WaitForExternalEvent<LoopSignal>(LoopSignal.EventName);
    private LoopStatus status = new("running", null, null, null, position.Signals);

    /// <summary>Whether no further run is to be started.</summary>
    public bool Paused { get; private set; } = position.Paused;

    /// <summary>Whether the run under way is to end early.</summary>
    public bool Skips { get; private set; }

    /// <summary>Whether the loop is to end.</summary>
    public bool Stops { get; private set; }

    /// <summary>How many signals were heard.</summary>
    public int Signals => status.Signals;

    /// <summary>Completes with the next signal.</summary>
    public Task Signalled => signal;

    /// <summary>Puts what goes on into the custom status.</summary>
    public void Show(string? runId, int? entry, DateTime? nextAt, string? reason = null) => Show(status with
    {
        RunId = runId,
        Entry = entry,
        NextAt = nextAt is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : null,
        Reason = reason,
    });

    /// <summary>Obeys every signal that has arrived. Without this before the end of a generation they would be lost.</summary>
    public async Task ObeyAsync()
    {
        while (signal.IsCompleted)
        {
            Obey(await signal);
            signal = context.WaitForExternalEvent<LoopSignal>(LoopSignal.EventName);
        }
    }

    /// <summary>Waits for a time, or for ever. False when a signal came first, or the loop is paused or to end.</summary>
    public async Task<bool> UntilAsync(DateTime? dueAt)
    {
        await ObeyAsync();
        if (Stops)
        {
            return false;
        }

        if (Paused || dueAt is null)
        {
            await signal;
            await ObeyAsync();
            return false;
        }

        if (dueAt > context.CurrentUtcDateTime)
        {
            using CancellationTokenSource cancel = new();
            if (await Task.WhenAny(context.CreateTimer(dueAt.Value, cancel.Token), signal) == signal)
            {
                cancel.Cancel();
                await ObeyAsync();
                return false;
            }
        }

        await ObeyAsync();
        return !Stops && !Paused;
    }

    private void Obey(LoopSignal told)
    {
        switch (told.Kind)
        {
            case LoopSignalKind.Pause:
                Paused = true;
                break;
            case LoopSignalKind.Resume:
                Paused = false;
                break;
            case LoopSignalKind.Skip:
                Skips = true;
                break;
            case LoopSignalKind.Stop:
                Stops = true;
                break;
        }

        Show(status with { Signals = status.Signals + 1 });
    }

    private void Show(LoopStatus next)
    {
        status = next with { State = Stops ? "stopping" : Paused ? "paused" : "running" };
        context.SetCustomStatus(status);
    }
}
