namespace Marathon.Workers.Commands;

/// <summary>Body of <see cref="WorkerCommand.Throughput"/>.</summary>
/// <param name="RatePerSecond">This worker's share in records per second, all its producers together; 0 pauses, null is as fast as it goes.</param>
public sealed record ThroughputChange(double? RatePerSecond = null);
