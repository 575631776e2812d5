using Marathon.Leases;

namespace Marathon.Tests.Leases;

public sealed class LeaseFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("marathon-lease-").FullName;

    private string Lease => Path.Combine(folder, "lease");

    [Fact]
    public async Task WaitForEndAsync_NobodyTouchesIt_Ends()
    {
        LeaseFile.Touch(Lease);

        await LeaseFile.WaitForEndAsync(Lease, TimeSpan.FromMilliseconds(50), TimeProvider.System, default).WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task WaitForEndAsync_NeverMade_Ends() =>
        await LeaseFile.WaitForEndAsync(Lease, TimeSpan.FromMilliseconds(50), TimeProvider.System, default).WaitAsync(TimeSpan.FromSeconds(60));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task WaitForEndAsync_Touched_GoesOnUntilItIsNoMore_WhateverDayItIs(int daysOff)
    {
        TimeSpan lease = TimeSpan.FromSeconds(2);
        LeaseFile.Touch(Lease);
        long since = TimeProvider.System.GetTimestamp();
        Task end = LeaseFile.WaitForEndAsync(Lease, lease, TimeProvider.System, default);
        await Task.Delay(lease / 2);
        long touched = TimeProvider.System.GetTimestamp();
        File.SetLastWriteTimeUtc(Lease, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(daysOff));
        bool wasInTime = TimeProvider.System.GetElapsedTime(since) < lease * 5 / 8;

        await end.WaitAsync(TimeSpan.FromSeconds(60));

        // On a machine that was away for so long it may have been over before the touch.
        Assert.True(!wasInTime || TimeProvider.System.GetElapsedTime(touched) >= lease / 2, "it ended although it had just been touched");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
