using Marathon.Controller.Workers;

namespace Marathon.Controller.Bus;

/// <summary>Brings commands to workers at their own addresses.</summary>
public interface IWorkerBus
{
    /// <summary>
    /// Sends to one worker and waits for its answer. What goes wrong is in the outcome: only cancellation throws. After
    /// <paramref name="within"/> it is sent again with the same id by whoever wants to know.
    /// </summary>
    Task<CommandOutcome> SendAsync(string runId, RegisteredWorker to, WorkerMessage message, TimeSpan within, CancellationToken cancellationToken);
}
