namespace Marathon.Cli.Tests;

/// <summary>Waits for a condition, with a deadline that only a broken build reaches.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(4), s_pause = TimeSpan.FromMilliseconds(20);

    public static Task HoldsAsync(Func<bool> condition, string what) => HoldsAsync(() => Task.FromResult(condition()), what);

    public static Task HoldsAsync(Func<Task<bool>> condition, string what) => HoldsAsync(condition, () => what);

    /// <param name="condition">What must come to hold.</param>
    /// <param name="what">Says, once the deadline has passed, what never held and how things stand then.</param>
    /// <param name="pause">Between two looks.</param>
    public static async Task HoldsAsync(Func<Task<bool>> condition, Func<string> what, TimeSpan? pause = null)
    {
        long since = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(since) > s_deadline)
            {
                Assert.Fail("never so: " + what());
            }

            await Task.Delay(pause ?? s_pause);
        }
    }
}
