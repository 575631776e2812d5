using System.Text.Json;
using Marathon.Worker.Commands;
using Marathon.Worker.Controller;
using Marathon.Worker.Evidence;
using Marathon.Worker.Reporting;
using Marathon.Workers;
using Marathon.Workers.Load;

namespace Marathon.Worker.Lifetime;

/// <summary>The worker's life: which commands it obeys in which phase, and how it ends.</summary>
public sealed class WorkerSession(
    WorkerArguments arguments,
    Func<string, ILoad> loads,
    CheckpointStore checkpoints,
    EventQueue events,
    TimeProvider clock,
    ILogger<WorkerSession> logger) : ICommandTarget, IDisposable
{
    private static readonly TimeSpan s_evidencePatience = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly TaskCompletionSource<WorkerEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ending = new();
    private volatile ILoad? _load;
    private string? _specJson;
    private string? _error;
    private int _phase = (int)WorkerPhase.Idle;
    private Task? _handOver;

    /// <inheritdoc/>
    public WorkerPhase Phase => (WorkerPhase)Volatile.Read(ref _phase);

    /// <inheritdoc/>
    public long StoredCheckpoint => checkpoints.Stored;

    /// <inheritdoc/>
    public CancellationToken Ending => _ending.Token;

    /// <summary>The load; null before it is initialised and after it is closed.</summary>
    public ILoad? Load => _load;

    /// <summary>What the load was made of; null before.</summary>
    public LoadSpec? Spec { get; private set; }

    /// <summary>Why the worker is to end.</summary>
    public Task<WorkerEnd> Ended => _ended.Task;

    /// <summary>What is to be said between the end of the load and <see cref="WorkerEventKind.WorkerDone"/>, after which nobody listens.</summary>
    public Func<Task> LastWords { get; set; } = () => Task.CompletedTask;

    /// <summary>The worker is to end; the first reason counts.</summary>
    public void End(WorkerEnd end, string why)
    {
        if (!_ended.TrySetResult(end))
            return;
        logger.Ending(end, why);
        _ending.Cancel();
    }

    /// <summary>The worker is told to go: it says so, hands over, and ends.</summary>
    public void Drain(string why)
    {
        if (_ended.Task.IsCompleted || Phase is WorkerPhase.Draining or WorkerPhase.Done)
            return;
        events.Add(WorkerEventKind.WorkerDraining, why);
        End(WorkerEnd.Done, why);
    }

    /// <summary>The heartbeat as of now, without what only its sender knows.</summary>
    public Heartbeat Describe()
    {
        var status = _load?.Status();
        if (status?.Error is { } error && Interlocked.CompareExchange(ref _error, error, null) is null)
        {
            logger.LoadBroke(error);
            if (Phase is WorkerPhase.Ready or WorkerPhase.Running or WorkerPhase.Stopped)
                Enter(WorkerPhase.Failed);
        }

        return new Heartbeat
        {
            Epoch = arguments.Epoch,
            Number = 0,
            At = clock.GetUtcNow(),
            Phase = Phase,
            Counters = status?.Counters ?? new LoadCounters(),
            Latency = status?.Latency,
            Positions = status?.Positions ?? [],
            CpuSeconds = Environment.CpuUsage.TotalTime.TotalSeconds,
            Error = _error,
            StoredCheckpoint = checkpoints.Stored,
        };
    }

    /// <inheritdoc/>
    public Task InitialiseAsync(LoadSpec spec, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        LoadSpecCheck.Refuse(spec);
        if (spec.RunId != arguments.Run)
            throw new CommandRefusedException(StatusCodes.Status400BadRequest, $"the spec is of run {spec.RunId}, this worker of run {arguments.Run}", "send it to a worker of its run", "runId");

        var json = JsonSerializer.Serialize(spec, WorkerJson.Default.LoadSpec);
        if (Phase != WorkerPhase.Idle && _specJson == json)
            return;
        Expect("initialise", WorkerPhase.Idle);
        var load = loads(spec.Kind);
        try
        {
            await load.InitialiseAsync(spec, cancellationToken);
        }
        catch
        {
            await load.DisposeAsync();
            throw;
        }

        (_load, _specJson, Spec) = (load, json, spec);
        Enter(WorkerPhase.Ready);
        events.Add(WorkerEventKind.WorkerReady);
    }, cancellationToken);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        if (Phase == WorkerPhase.Running)
            return;
        await Expect("start", WorkerPhase.Ready).StartAsync();
        Enter(WorkerPhase.Running);
    }, cancellationToken);

    /// <inheritdoc/>
    public Task ChangeThroughputAsync(double? ratePerSecond, CancellationToken cancellationToken)
    {
        if (ratePerSecond is not (null or (>= 0 and < double.PositiveInfinity)))
            throw new CommandRefusedException(StatusCodes.Status400BadRequest, $"ratePerSecond is {ratePerSecond}", "use 0 or more, or null for as fast as it goes", "ratePerSecond");
        return WithLoadAsync("throughput", load => load.ChangeThroughputAsync(ratePerSecond), cancellationToken);
    }

    /// <inheritdoc/>
    public Task BeginMeasurementAsync(CancellationToken cancellationToken) => WithLoadAsync("measure", load => load.BeginMeasurementAsync(), cancellationToken);

    /// <inheritdoc/>
    public Task PauseConsumptionAsync(CancellationToken cancellationToken) => WithLoadAsync("pause-consumption", load => load.PauseConsumptionAsync(), cancellationToken);

    /// <inheritdoc/>
    public Task ResumeConsumptionAsync(CancellationToken cancellationToken) => WithLoadAsync("resume-consumption", load => load.ResumeConsumptionAsync(), cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(TimeSpan flush, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        if (Phase == WorkerPhase.Stopped)
            return;
        var load = Expect("stop", WorkerPhase.Ready, WorkerPhase.Running, WorkerPhase.Failed);
        await load.StopProducingAsync(flush, cancellationToken);
        if (Phase != WorkerPhase.Failed)
            Enter(WorkerPhase.Stopped);
    }, cancellationToken);

    /// <inheritdoc/>
    public async Task StoreEvidenceAsync(CancellationToken cancellationToken)
    {
        var load = Expect("evidence", WorkerPhase.Ready, WorkerPhase.Running, WorkerPhase.Stopped, WorkerPhase.Failed, WorkerPhase.Draining);
        var started = clock.GetTimestamp();
        while (await checkpoints.CheckpointAsync(load, final: false, cancellationToken) is not (ReplyKind.Accepted or ReplyKind.Replaced))
        {
            if (clock.GetElapsedTime(started) > s_evidencePatience)
                throw new CommandRefusedException(StatusCodes.Status504GatewayTimeout, "the controller has not taken the checkpoint", "send the command again once it does");
            await Task.Delay(TimeSpan.FromMilliseconds(200), clock, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task ShutdownAsync(CancellationToken cancellationToken)
    {
        await HandOverAsync(TimeSpan.FromSeconds(30));
        End(WorkerEnd.Done, "told to shut down");
    }

    /// <inheritdoc/>
    public Task PreemptAsync()
    {
        Drain("notice of preemption");
        return Task.CompletedTask;
    }

    /// <summary>
    /// Stops producers and consumers, stores the last checkpoint, commits what it covers and closes the clients. Whoever
    /// asks first decides; later callers wait for the same.
    /// </summary>
    /// <param name="flush">How long to wait for outstanding sends.</param>
    public Task HandOverAsync(TimeSpan flush)
    {
        lock (_ended)
            return _handOver ??= InTurnAsync(() => CloseAsync(flush), CancellationToken.None);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gate.Dispose();
        _ending.Dispose();
    }

    private async Task CloseAsync(TimeSpan flush)
    {
        Enter(WorkerPhase.Draining);
        if (_load is { } load)
        {
            await load.StopProducingAsync(flush, CancellationToken.None);
            await load.StopConsumingAsync(CancellationToken.None);
            await checkpoints.CheckpointAsync(load, final: true, CancellationToken.None);
            await load.DisposeAsync();
        }

        Enter(WorkerPhase.Done);
        await LastWords();
        events.Add(WorkerEventKind.WorkerDone);
    }

    private Task WithLoadAsync(string command, Func<ILoad, Task> change, CancellationToken cancellationToken) => InTurnAsync(
        () => change(Expect(command, WorkerPhase.Ready, WorkerPhase.Running, WorkerPhase.Stopped, WorkerPhase.Failed)), cancellationToken);

    private ILoad Expect(string command, params ReadOnlySpan<WorkerPhase> phases)
    {
        var phase = Phase;
        if (phases.Contains(phase))
            return _load!;
        throw new CommandRefusedException(
            StatusCodes.Status409Conflict, $"the worker is {phase}: {command} needs it to be {string.Join(" or ", phases.ToArray())}", "send the commands in their order");
    }

    private async Task InTurnAsync(Func<Task> act, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await act();
        }
        finally
        {
            _gate.Release();
        }
    }

    private void Enter(WorkerPhase phase)
    {
        Volatile.Write(ref _phase, (int)phase);
        logger.PhaseEntered(phase);
    }
}
