using System.Diagnostics;

namespace Marathon.Benchmarks.Checker;

/// <summary>
/// Times short rounds of equal work. On a busy machine a round may be interrupted or share its core: the fastest one tells what
/// the work itself costs, the median what it came to here.
/// </summary>
internal sealed class Rounds(int timesPerRound)
{
    private readonly List<double> _nanosecondsEach = [];
    private long _times, _spent;

    /// <summary>Takes the time of some of the work; returns what it had when it began, for <see cref="Stop"/>.</summary>
    public static long Start() => Stopwatch.GetTimestamp();

    /// <summary>So often was the work done since.</summary>
    public void Stop(long started, int times)
    {
        _spent += Stopwatch.GetTimestamp() - started;
        _times += times;
        if (_times < timesPerRound)
            return;

        _nanosecondsEach.Add(_spent * 1e9 / Stopwatch.Frequency / _times);
        (_times, _spent) = (0, 0);
    }

    /// <summary>What the work cost each time.</summary>
    public LoadCost Cost(long times, double bytesEach = 0, long keptBytes = 0)
    {
        var sorted = _nanosecondsEach.Order().ToArray();
        return new LoadCost(times, sorted[0], sorted[sorted.Length / 2], bytesEach, keptBytes);
    }
}
