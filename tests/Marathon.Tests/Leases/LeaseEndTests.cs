using Marathon.Leases;

namespace Marathon.Tests.Leases;

public sealed class LeaseEndTests
{
    [Theory]
    [InlineData(10, 2.5)]
    [InlineData(20, 5)]
    [InlineData(300, 5)]
    public void ToLeave_IsAQuarterOfTheLease_AndNoLongerThanNeeded(double lease, double toLeave) =>
        Assert.Equal(TimeSpan.FromSeconds(toLeave), LeaseEnd.ToLeave(TimeSpan.FromSeconds(lease)));
}
