namespace Marathon.Testbed.Lies;

/// <summary>One telling of a lie.</summary>
/// <param name="Offset">-1 where it has none.</param>
internal sealed record LieExample(DateTimeOffset At, string? Topic, int? Partition, long Offset, string Detail);
