namespace Marathon.Controller.Measures;

/// <summary>A value observed of a running run.</summary>
/// <param name="Value">The value; null when nothing can be said.</param>
/// <param name="Mark">Something that moves while the value's ground does: the sum of the partitions' ends.</param>
public sealed record Observation(double? Value, long? Mark = null);
