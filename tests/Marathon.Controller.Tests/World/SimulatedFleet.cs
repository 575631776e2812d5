using System.Collections.Concurrent;
using Marathon.Controller.Bus;
using Marathon.Controller.Fleets;
using Marathon.Controller.Workers;
using Marathon.Reports;
using Marathon.Workers;
using Marathon.Workers.Commands;

namespace Marathon.Controller.Tests.World;

/// <summary>Workers without processes. They outlive the controller, as real ones do.</summary>
public sealed class SimulatedFleet(TimeProvider time) : IFleetProvider, IWorkerBus, IWorkerRegistry, IHeartbeats
{
    private readonly ConcurrentDictionary<(string RunId, string Worker, int Epoch), SimulatedWorker> workers = new();
    private int pids = 100;

    public IEnumerable<SimulatedWorker> Workers => workers.Values.OrderBy(w => w.Worker).ThenBy(w => w.Epoch);

    public int Starts { get; private set; }

    public int Releases { get; private set; }

    /// <summary>How many looks it takes until a fleet is gone.</summary>
    public int ReleaseTakes { get; set; }

    /// <summary>How it ends.</summary>
    public FleetOperationState ReleaseEnds { get; set; } = FleetOperationState.Succeeded;

    /// <summary>What it costs as long as it is not released.</summary>
    public FleetCost? Cost { get; set; }

    /// <summary>Called for each command before it is obeyed; a text is the error that the sender gets.</summary>
    public Func<SimulatedWorker, WorkerCommand, string?> Objection { get; set; } = (_, _) => null;

    /// <summary>How long the first worker takes to answer a command; the others answer at once.</summary>
    public Func<WorkerCommand, TimeSpan> FirstAnswersAfter { get; set; } = _ => TimeSpan.Zero;

    /// <summary>Whether the fleet sees that its living workers run.</summary>
    public bool SeesThemRun { get; set; }

    public DateTimeOffset ListeningSince { get; set; } = time.GetUtcNow();

    /// <summary>A worker of the newest run.</summary>
    public SimulatedWorker this[string worker, int epoch = 1] => workers.Values.Where(w => w.Worker == worker && w.Epoch == epoch).MaxBy(w => w.Pid)!;

    public Task<FleetOperation> StartAsync(FleetStart start, CancellationToken cancellationToken)
    {
        foreach (WorkerLife life in start.Lives)
        {
            workers.GetOrAdd((start.RunId, life.Worker, life.Epoch), _ =>
            {
                Starts++;
                return new SimulatedWorker(life.Worker, life.Epoch, Interlocked.Increment(ref pids), time);
            });
        }

        return Task.FromResult(FleetOperation.Done(start.RunId));
    }

    public Task<FleetOperation> PollAsync(FleetOperation operation, CancellationToken cancellationToken) => Task.FromResult(ReleaseTakes-- > 1
        ? operation
        : operation with { State = ReleaseEnds });

    public Task<IReadOnlyList<WorkerInstance>> ListAsync(string runId, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<WorkerInstance>>(
        [.. Of(runId).Select(w => new WorkerInstance(w.Worker, w.Epoch, w.Alive, w.Pid, w.Alive ? null : "signal 9", w.Alive && SeesThemRun))]);

    public Task KillAsync(string runId, IReadOnlyList<WorkerLife> lives, CancellationToken cancellationToken)
    {
        foreach (WorkerLife life in lives)
        {
            workers[(runId, life.Worker, life.Epoch)].Kill();
        }

        return Task.CompletedTask;
    }

    public Task<FleetCost?> CostAsync(string runId, CancellationToken cancellationToken) => Task.FromResult(Releases == 0 ? Cost : null);

    public Task<FleetOperation> ReleaseAsync(string runId, CancellationToken cancellationToken)
    {
        Releases++;
        foreach (SimulatedWorker worker in Of(runId))
        {
            worker.Kill();
        }

        return Task.FromResult(ReleaseTakes == 0
            ? FleetOperation.Done(runId)
            : new FleetOperation(FleetOperationState.Running, runId, "release", TimeSpan.FromSeconds(15), "a scale set is left"));
    }

    public async Task<CommandOutcome> SendAsync(
        string runId, RegisteredWorker to, WorkerMessage message, TimeSpan within, CancellationToken cancellationToken)
    {
        SimulatedWorker worker = workers[(runId, to.Worker, to.Registration.Epoch)];
        await time.PassAsync(worker.Worker == "w0" ? FirstAnswersAfter(message.Command) : TimeSpan.Zero);
        string? error = worker.Alive ? Objection(worker, message.Command) : "connection refused";
        return error is null
            ? new CommandOutcome(to.Worker, to.Registration.Epoch, worker.Obey(message.CommandId, message.Command, message.Body))
            : new CommandOutcome(to.Worker, to.Registration.Epoch, null, error, Refused: error.StartsWith("it answered", StringComparison.Ordinal));
    }

    public Task<bool> PutAsync(string runId, string worker, Registration registration, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<IReadOnlyList<RegisteredWorker>> IWorkerRegistry.ListAsync(string runId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RegisteredWorker>>([.. Of(runId).GroupBy(w => w.Worker).Select(g => g.Last()).Select(w => new RegisteredWorker(
            w.Worker, new Registration(new Node("127.0.0.1", 1000 + w.Pid), [], w.Epoch, w.Pid, time.GetUtcNow()), time.GetUtcNow()))]);

    public Task<bool> PutAsync(string runId, string worker, Heartbeat heartbeat, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<IReadOnlyList<HeartbeatRow>> IHeartbeats.ListAsync(string runId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<HeartbeatRow>>([.. Of(runId).Select(w =>
        {
            (Heartbeat beat, DateTimeOffset at) = w.Heartbeat();
            return new HeartbeatRow(w.Worker, beat, at);
        })]);

    public Task SampleAsync(string runId, TimeSpan sinceStart, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<SeriesReport>> SeriesAsync(string runId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SeriesReport>>([]);

    public Task FlushAsync(string runId, CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<SimulatedWorker> Of(string runId) =>
        workers.Where(w => w.Key.RunId == runId).Select(w => w.Value).OrderBy(w => w.Worker).ThenBy(w => w.Epoch);
}
