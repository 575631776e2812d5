namespace Marathon.Workers;

/// <summary>What the controller answers to a heartbeat: it renews the worker's lease.</summary>
/// <param name="LeaseSeconds">How long the worker may live without another answer.</param>
/// <param name="At">The controller's clock when it answered, for the estimate of the clock offset.</param>
public sealed record HeartbeatAnswer(double LeaseSeconds, DateTimeOffset At);
