namespace Marathon.Workers.Commands;

/// <summary>Answer to every command; the same command id gets the same answer again.</summary>
/// <param name="CommandId">The id that was sent.</param>
/// <param name="Phase">The worker's phase after the command.</param>
/// <param name="Checkpoint">Number of the newest checkpoint that the controller has stored.</param>
public sealed record CommandAnswer(string CommandId, WorkerPhase Phase, long Checkpoint);
