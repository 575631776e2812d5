using Marathon.Cli.Keeper;

namespace Marathon.Cli.Tests.Keeper;

public sealed class LeaseFileTests : IDisposable
{
    private readonly TestFolder folder = new();

    [Fact]
    public async Task WaitForEndAsync_NobodyTouchesIt_Ends()
    {
        LeaseFile.Touch(folder["lease"]);

        await LeaseFile.WaitForEndAsync(folder["lease"], TimeSpan.FromMilliseconds(50), TimeProvider.System, default).WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task WaitForEndAsync_NeverMade_Ends() =>
        await LeaseFile.WaitForEndAsync(folder["lease"], TimeSpan.FromMilliseconds(50), TimeProvider.System, default).WaitAsync(TimeSpan.FromSeconds(60));

    [Fact]
    public async Task WaitForEndAsync_Touched_GoesOnUntilItIsNoMore()
    {
        TimeSpan timeout = TimeSpan.FromSeconds(2);
        LeaseFile.Touch(folder["lease"]);
        long since = TimeProvider.System.GetTimestamp();
        long touched = since;
        Task end = LeaseFile.WaitForEndAsync(folder["lease"], timeout, TimeProvider.System, default);
        while (TimeProvider.System.GetElapsedTime(since) < 2 * timeout)
        {
            LeaseFile.Touch(folder["lease"]);
            touched = TimeProvider.System.GetTimestamp();
            await Task.Delay(20);
        }

        await end.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(TimeProvider.System.GetElapsedTime(touched) >= timeout / 2, "it ended although it had just been touched");
    }

    public void Dispose() => folder.Dispose();
}
