using Marathon.Kafka.Consuming;

namespace Marathon.Kafka.Tests;

public sealed class StuckWatchTests
{
    private static readonly long s_patience = (long)StuckWatch.Patience.TotalNanoseconds;

    [Fact]
    public void Look_QuietWithLag_IsStuckOncePerPatience()
    {
        var watch = new StuckWatch();
        watch.Reset(0);

        Assert.False(watch.Look(s_patience - 1, 0, () => Task.FromResult(7L)));
        Assert.True(watch.Look(s_patience, 0, () => Task.FromResult(7L)));
        Assert.False(watch.Look(s_patience + 1, 0, () => Task.FromResult(7L)));
        Assert.True(watch.Look(2 * s_patience, 0, () => Task.FromResult(7L)));
    }

    [Fact]
    public void Look_RecordWhileTheLagIsAskedFor_IsNotStuck()
    {
        var watch = new StuckWatch();
        watch.Reset(0);
        var answer = new TaskCompletionSource<long>();

        Assert.False(watch.Look(s_patience, 0, () => answer.Task));
        Assert.False(watch.Look(s_patience + 1, 1, () => answer.Task));
        answer.SetResult(7);
        Assert.False(watch.Look(s_patience + 2, 1, () => answer.Task));
    }

    [Fact]
    public void Look_NoLagOrNoAnswer_IsNotStuck()
    {
        var watch = new StuckWatch();
        watch.Reset(0);

        Assert.False(watch.Look(s_patience, 0, () => Task.FromResult(0L)));
        Assert.False(watch.Look(2 * s_patience, 0, () => Task.FromException<long>(new TimeoutException())));
    }
}
