namespace Marathon.Controller.Evidence;

/// <summary>The newest checkpoint of one life of a worker.</summary>
/// <param name="Worker">The worker's id.</param>
/// <param name="Epoch">Which life.</param>
/// <param name="Number">Number of the checkpoint within the epoch.</param>
/// <param name="Content">The checkpoint, JSON of <see cref="Verification.WorkerEvidence"/>.</param>
public sealed record StoredEvidence(string Worker, int Epoch, long Number, ReadOnlyMemory<byte> Content);
