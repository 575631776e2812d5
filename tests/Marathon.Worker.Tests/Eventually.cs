namespace Marathon.Worker.Tests;

/// <summary>Waits for a condition with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(3);

    public static async Task Holds(Func<bool> condition, string what, Func<string>? state = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > s_deadline)
                Assert.Fail($"not within {s_deadline.TotalSeconds} s: {what}; {state?.Invoke()}");
            await Task.Delay(20);
        }
    }
}
