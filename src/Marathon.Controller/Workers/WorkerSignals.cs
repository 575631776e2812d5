using Marathon.Controller.Orchestrations;
using Marathon.Controller.Runs;
using Marathon.Durable;
using Marathon.Workers;

namespace Marathon.Controller.Workers;

/// <summary>Raises what happened to a worker on the orchestration that watches it, which then looks at once.</summary>
public sealed class WorkerSignals(DurableClient client)
{
    /// <summary>Raises an event that the worker has told.</summary>
    public Task RaiseAsync(RunRecord run, LifeRecord life, WorkerSignal signal, CancellationToken cancellationToken) => client.RaiseEventAsync(
        FleetCell.InstanceId(run.RunId, life.Attempt, life.Index % FleetCell.CountFor(run.Spec.Workers)), WorkerSignal.EventName, signal, cancellationToken);

    /// <summary>Raises what the host itself has seen, which happens once in a life.</summary>
    public Task RaiseAsync(RunRecord run, LifeRecord life, WorkerEventKind kind, CancellationToken cancellationToken) =>
        RaiseAsync(run, life, new WorkerSignal($"{life.Worker}-{life.Epoch}-{kind}", life.Worker, life.Epoch, kind), cancellationToken);
}
