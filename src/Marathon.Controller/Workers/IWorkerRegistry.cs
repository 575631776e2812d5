using Marathon.Workers;

namespace Marathon.Controller.Workers;

/// <summary>Who works for a run, where commands reach it, and which of the controller's broadcasts it wants.</summary>
public interface IWorkerRegistry
{
    /// <summary>Stores a registration in place of the worker's older one. False when a newer epoch has registered.</summary>
    Task<bool> PutAsync(string runId, string worker, Registration registration, CancellationToken cancellationToken);

    /// <summary>The newest registration of every worker.</summary>
    Task<IReadOnlyList<RegisteredWorker>> ListAsync(string runId, CancellationToken cancellationToken);
}
