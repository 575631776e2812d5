using Marathon.Workers.Load;

namespace Marathon.Tests.Workers.Load;

public sealed class OpenLoopScheduleTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void TryTake_SteadyRate_SpacesIntendedTimesEvenly()
    {
        var schedule = new OpenLoopSchedule(10, now: 5 * Second);

        Assert.Equal([5 * Second, (5 * Second) + (Second / 10), (5 * Second) + (Second / 5)], TakeAll(schedule, (5 * Second) + (Second / 5)));
    }

    [Fact]
    public void TryTake_SenderStalled_GetsItsDebtWithTheTimesItWasCalledFor()
    {
        var schedule = new OpenLoopSchedule(1000, now: 0);

        var late = TakeAll(schedule, now: Second);

        Assert.Equal(1001, late.Count);
        Assert.Equal(0, late[0]);
        Assert.Equal(Second, late[^1]);
    }

    [Fact]
    public void CatchUp_MakesUpForTheMissedTime_WithTimesFromNowOn()
    {
        var schedule = new OpenLoopSchedule(0, now: 0);
        schedule.CatchUp(100, now: 10 * Second, missed: 3 * Second);

        var halfway = TakeAll(schedule, now: 11 * Second);
        var all = halfway.Concat(TakeAll(schedule, now: 20 * Second)).ToList();

        Assert.Equal(200, halfway.Count, 1.0);
        Assert.Equal(100 * (3 + 10), all.Count, 1.0);
        Assert.Equal(all.Count, schedule.Called(20 * Second));
        Assert.All(all, at => Assert.True(at >= 10 * Second));
        Assert.Equal(100, all.Count(at => at > 19 * Second), 1.0);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.0)]
    public void CatchUp_WithoutARate_IsAChangeOfIt(double? rate)
    {
        var schedule = new OpenLoopSchedule(0, now: 0);
        schedule.CatchUp(rate, now: Second, missed: 3 * Second);

        Assert.Equal(rate is null, schedule.TryTake(2 * Second, out _));
    }

    [Fact]
    public void ChangeRate_WhileCatchingUp_EndsIt()
    {
        var schedule = new OpenLoopSchedule(0, now: 0);
        schedule.CatchUp(100, now: 0, missed: 10 * Second);
        schedule.ChangeRate(10, now: Second);

        Assert.Equal(200 + 10 * 19, schedule.Called(20 * Second), 1.0);
    }

    [Fact]
    public void ChangeRate_WithDebt_KeepsItUnderItsOldTimes()
    {
        var schedule = new OpenLoopSchedule(100, now: 0);
        schedule.ChangeRate(1, now: Second);

        var taken = TakeAll(schedule, now: 3 * Second);

        Assert.Equal(103, taken.Count);
        Assert.Equal(101, taken.Count(at => at <= Second));
        Assert.Equal(taken.Order(), taken);
    }

    [Fact]
    public void ChangeRate_FasterThanOneRecord_LosesNoFraction()
    {
        var schedule = new OpenLoopSchedule(1, now: 0, phase: 1);
        for (var i = 1; i <= 100; i++)
            schedule.ChangeRate(i % 2 == 0 ? 1 : 3, now: i * Second / 10);

        Assert.Equal(1 + (50 * 3 / 10) + (50 / 10), schedule.Called(10 * Second) + 1, 1.0);
    }

    [Fact]
    public void ChangeRate_ToZero_CallsForNothingMoreAndGoesOnAfterwards()
    {
        var schedule = new OpenLoopSchedule(10, now: 0);
        _ = TakeAll(schedule, now: Second / 2);
        schedule.ChangeRate(0, now: Second / 2);

        Assert.False(schedule.TryTake(100 * Second, out _));
        Assert.Equal(long.MaxValue, schedule.NextAt(100 * Second));

        schedule.ChangeRate(10, now: 100 * Second);
        Assert.True(schedule.TryTake((100 * Second) + (Second / 10), out var at));
        Assert.InRange(at, 100 * Second, (100 * Second) + (Second / 10));
    }

    [Fact]
    public void TryTake_NoRate_IsAlwaysDueNow()
    {
        var schedule = new OpenLoopSchedule(null, now: 0);

        for (var now = 1; now < 1000; now++)
        {
            Assert.True(schedule.TryTake(now, out var at));
            Assert.Equal(now, at);
        }

        Assert.Equal(999, schedule.Called(1000));
        schedule.ChangeRate(0, 1000);
        Assert.False(schedule.TryTake(2000, out _));
        Assert.Equal(999, schedule.Called(2000));
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ChangeRate_NoRateAtAll_IsRefused(double rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new OpenLoopSchedule(1, 0).ChangeRate(rate, 0));

    [Fact]
    public void AnyChangesOfRate_CallForTheIntegralOfTheRateInOrder()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var rate = random.Next(0, 5000) / 7.0;
            var schedule = new OpenLoopSchedule(rate, 0, random.NextDouble());
            long now = 0, last = 0, taken = 0;
            double integral = 0;
            for (var step = 0; step < 100; step++)
            {
                var elapsed = random.NextInt64(0, Second / 3);
                now += elapsed;
                integral += rate * elapsed / Second;
                for (var most = random.Next(0, 400); most > 0 && schedule.TryTake(now, out var at); most--)
                {
                    Assert.True(at >= last && at <= now, $"seed {seed}, step {step}: {at} after {last}, at {now}");
                    last = at;
                    taken++;
                }

                if (random.Next(3) == 0)
                {
                    rate = random.Next(4) == 0 ? 0 : random.Next(0, 5000) / 7.0;
                    schedule.ChangeRate(rate, now);
                }

                Assert.True(Math.Abs(schedule.Called(now) - integral) <= 1.001, $"seed {seed}, step {step}: {schedule.Called(now)} called, {integral} due");
            }

            taken += TakeAll(schedule, now).Count;
            Assert.True(taken == schedule.Called(now), $"seed {seed}: {taken} taken, {schedule.Called(now)} called");
        }
    }

    private static List<long> TakeAll(OpenLoopSchedule schedule, long now)
    {
        var taken = new List<long>();
        while (schedule.TryTake(now, out var at))
            taken.Add(at);
        return taken;
    }
}
