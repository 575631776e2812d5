using Marathon.Controller.Runs;
using Marathon.Controller.Workers;
using Marathon.Workers;

namespace Marathon.Controller.Measures;

/// <summary>Rates over the workload stage, from the counters at its begin and end.</summary>
public static class WindowRates
{
    // Two heartbeats, each up to an interval old and late.
    private const double HeartbeatSlackSeconds = 3;

    /// <summary>
    /// What a counter grew by per second, over all lives. The length of the window is that of the lives that were there at
    /// both ends, by their own clocks, for heartbeats are up to a second old; with none of them it is the window's own. Null
    /// where nothing was measured.
    /// </summary>
    public static double? PerSecond(MeasuredWindow window, IReadOnlyList<CounterRow> now, Func<LoadCounters, long> counter)
    {
        IReadOnlyList<CounterRow> end = window.AtEnd ?? now;
        double whole = ((window.EndedAt ?? end.Select(r => r.At).DefaultIfEmpty(window.StartedAt).Max()) - window.StartedAt).TotalSeconds;
        double[] spans =
        [
            .. from start in window.Baseline
               join last in end on (start.Worker, start.Epoch) equals (last.Worker, last.Epoch)
               let span = (last.At - start.At).TotalSeconds
               where Math.Abs(span - whole) <= HeartbeatSlackSeconds
               select span,
        ];
        double seconds = spans.Length > 0 ? spans.Average() : whole;
        return seconds > 0 ? Growth(window, end, counter) / seconds : null;
    }

    /// <summary>What a counter grew by since the window began, over all lives.</summary>
    public static long Growth(MeasuredWindow window, IReadOnlyList<CounterRow> now, Func<LoadCounters, long> counter) =>
        now.Sum(row => counter(row.Counters)) - window.Baseline.Sum(row => counter(row.Counters));
}
