using Marathon.Workers;

namespace Marathon.Controller.Workers;

/// <summary>Counters of one life of a worker at a moment of its own clock.</summary>
public sealed record CounterRow(string Worker, int Epoch, DateTimeOffset At, LoadCounters Counters);
