using Marathon.Controller.Runs;
using Marathon.Controller.Workers;
using Marathon.Workers;

namespace Marathon.Controller.Measures;

/// <summary>Rates over the workload stage, from the counters at its begin and end.</summary>
public static class WindowRates
{
    /// <summary>
    /// What a counter grew by per second: for each life by its own clock where both ends are known, summed. Null where
    /// nothing was measured.
    /// </summary>
    public static double? PerSecond(MeasuredWindow window, IReadOnlyList<CounterRow> now, Func<LoadCounters, long> counter)
    {
        IReadOnlyList<CounterRow> end = window.AtEnd ?? now;
        double? sum = null;
        foreach (CounterRow row in end)
        {
            CounterRow? start = window.Baseline.FirstOrDefault(b => b.Worker == row.Worker && b.Epoch == row.Epoch);
            double seconds = start is not null
                ? (row.At - start.At).TotalSeconds
                : ((window.EndedAt ?? row.At) - window.StartedAt).TotalSeconds;
            if (seconds > 0)
            {
                sum = (sum ?? 0) + ((counter(row.Counters) - (start is null ? 0 : counter(start.Counters))) / seconds);
            }
        }

        return sum;
    }

    /// <summary>What a counter grew by since the window began, over all lives.</summary>
    public static long Growth(MeasuredWindow window, IReadOnlyList<CounterRow> now, Func<LoadCounters, long> counter) =>
        now.Sum(row => counter(row.Counters)) - window.Baseline.Sum(row => counter(row.Counters));
}
