using Marathon.Leases;

namespace Marathon.Tests.Leases;

public sealed class LeaseSilenceTests
{
    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromSeconds(1);
    private static readonly DateTime s_start = new(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly LeaseSilence silence = new(s_start, s_betweenLooks);
    private DateTime now = s_start;

    [Fact]
    public void NobodyTouchesIt_GrowsByWhatPasses_LateLooksToo()
    {
        Look(1, s_start);
        Look(7, s_start);

        Assert.Equal(TimeSpan.FromSeconds(8), silence.Length);
    }

    [Theory]
    [InlineData(1, 0.3)]
    [InlineData(7, 6.5)]
    public void Touched_CountsFromTheTouch(double passed, double ago)
    {
        Look(5, s_start);
        Look(passed, now.AddSeconds(passed - ago));

        Assert.Equal(TimeSpan.FromSeconds(ago), silence.Length);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Touched_ACalendarThatIsOff_IsNotBelieved_NorIsALateLookHeldAgainstIt(int daysOff)
    {
        Look(5, s_start);
        Look(0.4, now.AddDays(daysOff));
        Assert.Equal(TimeSpan.FromSeconds(0.4), silence.Length);

        Look(7, now.AddDays(daysOff).AddTicks(1));
        Assert.Equal(s_betweenLooks, silence.Length);
    }

    private void Look(double secondsLater, DateTime touched)
    {
        now = now.AddSeconds(secondsLater);
        silence.Look(touched, now, TimeSpan.FromSeconds(secondsLater));
    }
}
