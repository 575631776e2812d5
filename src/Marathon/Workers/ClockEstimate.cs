namespace Marathon.Workers;

/// <summary>How far the controller's clock is ahead of the worker's, from the heartbeats' round trips.</summary>
/// <param name="OffsetMilliseconds">Add it to the worker's clock to get the controller's.</param>
/// <param name="ErrorMilliseconds">The true offset is at most this far from the estimate: half of the shortest recent round trip.</param>
public sealed record ClockEstimate(double OffsetMilliseconds, double ErrorMilliseconds);
