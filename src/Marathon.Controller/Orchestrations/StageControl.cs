using Marathon.Durable;
using Marathon.Scenarios;

namespace Marathon.Controller.Orchestrations;

/// <summary>
/// What the run has told this stage. It keeps the one live waiter for <see cref="StageSignal"/>: a waiter that was given
/// up would still swallow an event.
/// </summary>
internal sealed class StageControl(OrchestrationContext context, bool paused)
{
    private readonly TaskCompletionSource interrupted = new();
    private readonly TaskCompletionSource failed = new();
    private TaskCompletionSource changed = new();

    /// <summary>Whether the stage's clock stands still.</summary>
    public bool Paused { get; private set; } = paused;

    /// <summary>Why the stage is to stop; null while it is not.</summary>
    public string? InterruptReason { get; private set; }

    /// <summary>Completes when the stage is to stop.</summary>
    public Task Interrupted => interrupted.Task;

    /// <summary>Completes at the next pause, resume or interrupt.</summary>
    public Task Changed => changed.Task;

    /// <summary>Listens until the stage ends, or what a signal does fails.</summary>
    /// <param name="apply">What a signal does to the load. They are applied one after the other; an interrupt waits for none of them.</param>
    public async Task ListenAsync(Func<StageSignal, Task> apply) => await await Task.WhenAny(HearAsync(apply), failed.Task);

    private async Task HearAsync(Func<StageSignal, Task> apply)
    {
        Task applied = Task.CompletedTask;
        while (true)
        {
            StageSignal signal = await context.WaitForExternalEvent<StageSignal>(StageSignal.EventName);
            switch (signal.Kind)
            {
                case StageSignalKind.Interrupt:
                    InterruptReason ??= signal.Reason ?? "no reason was given";
                    interrupted.TrySetResult();
                    break;
                case StageSignalKind.Pause:
                    Paused = true;
                    break;
                case StageSignalKind.Resume:
                    Paused = false;
                    break;
            }

            TaskCompletionSource before = changed;
            changed = new();
            before.SetResult();
            applied = ApplyAsync(applied, () => apply(signal));
        }
    }

    private async Task ApplyAsync(Task before, Func<Task> apply)
    {
        await before;
        try
        {
            if (InterruptReason is null)
            {
                await apply();
            }
        }
        catch (StageInterruptedException)
        {
            // The stage itself ends with it.
        }
        catch (Exception error)
        {
            failed.TrySetException(error);
        }
    }

    /// <summary>Waits while the run is paused.</summary>
    /// <exception cref="StageInterruptedException">The stage is to stop.</exception>
    public async Task RunnableAsync()
    {
        while (InterruptReason is null && Paused)
        {
            await Changed;
        }

        ThrowIfInterrupted();
    }

    /// <summary>Throws when the stage is to stop.</summary>
    /// <exception cref="StageInterruptedException">The stage is to stop.</exception>
    public void ThrowIfInterrupted()
    {
        if (InterruptReason is { } reason)
        {
            throw new StageInterruptedException(reason);
        }
    }
}
