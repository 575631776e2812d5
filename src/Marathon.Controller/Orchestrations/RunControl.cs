using Marathon.Controller.Runs;
using Marathon.Durable;
using Marathon.Runs;

namespace Marathon.Controller.Orchestrations;

/// <summary>
/// What a run has been told, and what it tells the world (its custom status). It keeps the one live waiter for
/// <see cref="RunSignal"/> and passes on to the stage under way what is for the stage.
/// </summary>
internal sealed class RunControl(OrchestrationContext context, RunSettings settings)
{
    private readonly TaskCompletionSource ended = new();
    private TaskCompletionSource changed = new();
    private TaskCompletionSource<string?> stopped = new();
    private bool again;
    private string? stageId;
    private StageName? stage;
    private int attempt;
    private RunState state = RunState.Pending;

    /// <summary>Whether clocks stand still.</summary>
    public bool Paused { get; private set; }

    /// <summary>Why the attempt is to end early; null while it is not.</summary>
    public Interruption? Interruption { get; private set; }

    /// <summary>Completes at the next pause, resume or interrupt.</summary>
    public Task Changed => changed.Task;

    /// <summary>Why there is to be no further attempt, however this one ends: an operator, a deadline, or what does not pass.</summary>
    public Interruption? End { get; private set; }

    /// <summary>Completes when there is to be no further attempt.</summary>
    public Task Ended => ended.Task;

    /// <summary>Completes with the reason when the stage under way says that it has stopped.</summary>
    public Task<string?> Stopped => stopped.Task;

    /// <summary>Listens until the run ends.</summary>
    public async Task ListenAsync()
    {
        while (true)
        {
            Apply(await context.WaitForExternalEvent<RunSignal>(RunSignal.EventName));
        }
    }

    /// <summary>Another attempt begins.</summary>
    public void BeginAttempt(int number)
    {
        attempt = number;
        Interruption = null;
        again = false;
        Show(RunState.Preparing);
    }

    /// <summary>The attempt has come to its end, but for its cleanup.</summary>
    public void Conclude(AttemptResult result) => again = result.MayTryAgain && attempt < settings.MaxAttempts;

    /// <summary>Nothing is under way until the next attempt.</summary>
    public void Await(string reason) => Show(RunState.Pending, reason);

    /// <summary>A stage is under way.</summary>
    public void Enter(StageName name, string instanceId)
    {
        (stage, stageId, stopped) = (name, instanceId, new());
        Show(name switch
        {
            StageName.Cleanup => RunState.Cleaning,
            _ when Paused => RunState.Paused,
            StageName.Prepare => RunState.Preparing,
            StageName.Warmup => RunState.Warming,
            _ => RunState.Loading,
        });
    }

    /// <summary>It has ended.</summary>
    public void Leave()
    {
        (stage, stageId) = (null, null);
        Show(state);
    }

    /// <summary>
    /// Ends the attempt early, once: the first reason stands. Whoever asked for it ends the run with it, and so does what another
    /// attempt would find again.
    /// </summary>
    public void Interrupt(Interruption interruption)
    {
        if (!interruption.MayTryAgain)
        {
            End ??= interruption;
            ended.TrySetResult();
        }

        if (Interruption is not null)
        {
            return;
        }

        Interruption = interruption;
        Paused = false;
        if (stage is not StageName.Cleanup)
        {
            Show(RunState.Interrupting);
            Forward(new StageSignal(StageSignalKind.Interrupt, interruption.Reason));
        }

        Change();
    }

    /// <summary>Ends cleanup, the stage that no operator can interrupt.</summary>
    public void EndCleanup(string reason) => Forward(new StageSignal(StageSignalKind.Interrupt, reason));

    /// <summary>Puts a state into the custom status.</summary>
    public void Show(RunState next, string? reason = null)
    {
        state = next;
        context.SetCustomStatus(new RunStatus(
            next.ToString().ToLowerInvariant(), attempt, stage?.ToString().ToLowerInvariant(), reason ?? Interruption?.Reason, again && End is null));
    }

    private bool Loads => stage is StageName.Warmup or StageName.Workload;

    private void Apply(RunSignal signal)
    {
        switch (signal.Kind)
        {
            case RunSignalKind.Interrupt:
                Interrupt(new Interruption(signal.Reason ?? "an operator asked for it", ByOperator: true));
                break;
            case RunSignalKind.ClusterLost or RunSignalKind.StorageFull:
                Interrupt(new Interruption(signal.Reason ?? (signal.Kind == RunSignalKind.ClusterLost ? "the cluster is gone" : "the disk is full"), ByOperator: false));
                break;
            case RunSignalKind.FleetChanged when signal.Living < settings.Quorum && stage is not (null or StageName.Cleanup):
                Interrupt(new Interruption($"{(signal.Living == 0 ? "no workers are" : $"only {signal.Living} workers are")} left: {signal.Reason}", ByOperator: false, MayTryAgain: true));
                break;
            case RunSignalKind.Pause when Loads && !Paused && Interruption is null && state != RunState.Draining:
                Paused = true;
                Show(RunState.Paused);
                Forward(new StageSignal(StageSignalKind.Pause, signal.Reason));
                Change();
                break;
            case RunSignalKind.Resume when Paused:
                Paused = false;
                Show(stage == StageName.Warmup ? RunState.Warming : RunState.Loading);
                Forward(new StageSignal(StageSignalKind.Resume, signal.Reason));
                Change();
                break;
            case RunSignalKind.Throughput when Loads:
                Forward(new StageSignal(StageSignalKind.Throughput, signal.Reason, signal.RatePerSecond));
                break;
            case RunSignalKind.StageStopped when signal.Stage == stageId:
                stopped.TrySetResult(signal.Reason);
                break;
            case RunSignalKind.Draining when state == RunState.Loading:
                Show(RunState.Draining);
                break;
        }
    }

    private void Forward(StageSignal signal)
    {
        if (stageId is { } id)
        {
            context.SendEvent(id, StageSignal.EventName, signal);
        }
    }

    private void Change()
    {
        TaskCompletionSource before = changed;
        changed = new();
        before.SetResult();
    }
}
