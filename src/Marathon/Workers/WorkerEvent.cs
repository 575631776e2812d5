namespace Marathon.Workers;

/// <summary>Body of <c>POST /api/runs/{id}/events/{name}</c>; <c>name</c> is a <see cref="WorkerEventKind"/>.</summary>
/// <param name="EventId">Unique per event; a second one of the same id is dropped.</param>
/// <param name="Worker">The worker's id.</param>
/// <param name="Epoch">The life of the worker that speaks.</param>
/// <param name="Detail">What happened, for people; at most 4,096 characters.</param>
public sealed record WorkerEvent(string EventId, string Worker, int Epoch, string? Detail = null);
