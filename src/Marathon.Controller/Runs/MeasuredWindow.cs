using Marathon.Controller.Workers;

namespace Marathon.Controller.Runs;

/// <summary>The workload stage as rates see it: the counters at its begin and at its end.</summary>
/// <param name="StartedAt">When it began.</param>
/// <param name="Baseline">Counters of every life at that moment.</param>
/// <param name="EndedAt">When producers were told to stop; null while they have not been.</param>
/// <param name="AtEnd">Counters of every life at that moment.</param>
public sealed record MeasuredWindow(
    DateTimeOffset StartedAt,
    IReadOnlyList<CounterRow> Baseline,
    DateTimeOffset? EndedAt = null,
    IReadOnlyList<CounterRow>? AtEnd = null);
