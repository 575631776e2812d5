using System.Diagnostics;

namespace Marathon.Testbed.Tests.Support;

/// <summary>Waits for a condition with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(2);

    public static async Task TrueAsync(Func<bool> condition, string what, TimeSpan? within = null)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < (within ?? Within), $"not within {within ?? Within}: {what}");
            await Task.Delay(10);
        }
    }

    public static async Task<T> NotNullAsync<T>(Func<T?> value, string what)
        where T : class
    {
        T? found = null;
        await TrueAsync(() => (found = value()) is not null, what);
        return found!;
    }
}
