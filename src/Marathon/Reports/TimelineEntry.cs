namespace Marathon.Reports;

/// <summary>Something that happened in a run.</summary>
/// <param name="At">When.</param>
/// <param name="SecondsSinceStart">The same, from the run's start.</param>
/// <param name="What">What, in a sentence.</param>
public sealed record TimelineEntry(DateTimeOffset At, double SecondsSinceStart, string What);
