using Confluent.Kafka;
using Marathon.Kafka.Threading;

namespace Marathon.Kafka.Tests.Threading;

public sealed class BlockingCallsTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(5);
    private readonly LoadClock _clock = new(TimeProvider.System);

    [Fact]
    public void Call_TakesLong_OthersAreServedMeanwhile()
    {
        using var served = new ManualResetEventSlim();
        using var calls = Make(served.Set);

        Assert.Null(calls.Call(_ => Assert.True(served.Wait(s_long)), s_long));
    }

    [Fact]
    public void Call_IsGivenAllTheTimeThereIs()
    {
        var given = TimeSpan.Zero;
        using var calls = Make();

        calls.Call(within => given = within, s_long);

        Assert.InRange(given, s_long / 2, s_long);
    }

    [Fact]
    public void Call_Refused_ReturnsWhy()
    {
        var fenced = new Error(ErrorCode.Local_Fenced, "another took over", isFatal: true);
        using var calls = Make();

        Assert.Same(fenced, calls.Call(_ => throw new KafkaException(fenced), s_long));
    }

    [Fact]
    public void Call_ToBeTriedAgain_IsUntilItEnds()
    {
        var tries = 0;
        using var calls = Make();

        Assert.Null(calls.Call(_ => TryAgainUntil(++tries == 3), s_long));

        Assert.Equal(3, tries);
    }

    [Fact]
    public void Call_ToBeTriedAgain_IsNotForEver()
    {
        using var calls = Make();

        Assert.Equal(ErrorCode.Local_TimedOut, calls.Call(_ => TryAgainUntil(false), TimeSpan.FromMilliseconds(50))!.Code);
    }

    [Fact]
    public void Call_BreaksOtherwise_SaysWhose()
    {
        using var calls = Make();

        var broken = Assert.Throws<InvalidOperationException>(() => calls.Call(_ => throw new FormatException("no such thing"), s_long));

        Assert.Equal("w0-p0: no such thing", broken.Message);
        Assert.Null(calls.Call(_ => { }, s_long));
    }

    [Fact]
    public void InTurn_InACall_NotWhileOthersAreServed()
    {
        var (serving, overlaps, rounds) = (false, 0, 0);
        using var calls = Make(() =>
        {
            serving = true;
            Thread.Sleep(1);
            serving = false;
            rounds++;
        });

        calls.Call(_ => SpinWait.SpinUntil(() =>
        {
            calls.InTurn(_ => overlaps += serving ? 1 : 0, 0);
            return rounds >= 20;
        }), s_long);

        Assert.Equal(0, overlaps);
    }

    private static void TryAgainUntil(bool ended)
    {
        if (!ended)
            throw new KafkaRetriableException(new Error(ErrorCode.Local_TimedOut, "not yet"));
    }

    private BlockingCalls Make(Action? serve = null) => new("w0-p0", _clock, serve ?? (() => { }));
}
