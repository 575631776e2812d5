namespace Marathon.Workers;

/// <summary>The one durable event that every worker event is mapped to, raised on the orchestration that watches the worker.</summary>
/// <param name="EventId">Unique per event; the orchestration drops an id it has seen.</param>
/// <param name="Worker">The worker's id.</param>
/// <param name="Epoch">The life of the worker that speaks.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Detail">For people.</param>
public sealed record WorkerSignal(string EventId, string Worker, int Epoch, WorkerEventKind Kind, string? Detail = null)
{
    /// <summary>The name of the durable event. One name per watcher: see the traps of external events.</summary>
    public const string EventName = "WorkerSignal";
}
