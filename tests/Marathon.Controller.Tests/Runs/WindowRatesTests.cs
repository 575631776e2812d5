using Marathon.Controller.Measures;
using Marathon.Controller.Runs;
using Marathon.Controller.Workers;
using Marathon.Workers;

namespace Marathon.Controller.Tests.Runs;

public sealed class WindowRatesTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void PerSecond_ReplacedWorker_IsTheGrowthOverTheWindow()
    {
        MeasuredWindow window = new(
            Start, [Row("w0", 1, 0, 100), Row("w1", 1, 0, 100)], Start.AddSeconds(20), [Row("w0", 1, 10, 1100), Row("w1", 1, 20, 2100), Row("w0", 2, 20, 600)]);

        Assert.Equal((1000 + 2000 + 600) / 20.0, WindowRates.PerSecond(window, [], c => c.Acked));
    }

    [Fact]
    public void PerSecond_StaleHeartbeats_CountsTheTimeBetweenThem()
    {
        MeasuredWindow window = new(Start, [Row("w0", 1, -0.9, 100)], Start.AddSeconds(10), [Row("w0", 1, 9.1, 1100)]);

        Assert.Equal(100, WindowRates.PerSecond(window, [], c => c.Acked)!.Value, 3);
    }

    [Fact]
    public void PerSecond_NoLifeThroughout_UsesTheWindow()
    {
        MeasuredWindow window = new(Start, [], Start.AddSeconds(10), [Row("w0", 1, 9.5, 500)]);

        Assert.Equal(50, WindowRates.PerSecond(window, [], c => c.Acked));
    }

    [Fact]
    public void PerSecond_NothingMeasured_IsNull() =>
        Assert.Null(WindowRates.PerSecond(new MeasuredWindow(Start, []), [], c => c.Acked));

    private static CounterRow Row(string worker, int epoch, double second, long acked) =>
        new(worker, epoch, Start.AddSeconds(second), new LoadCounters { Acked = acked });
}
