namespace Marathon.Azure.Tests.Fakes;

/// <summary>Waits for a condition with a deadline.</summary>
public static class Eventually
{
    public static async Task IsTrueAsync(Func<bool> condition, string what)
    {
        using CancellationTokenSource deadline = new(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            Assert.False(deadline.IsCancellationRequested, $"not within a minute: {what}");
            await Task.Delay(10);
        }
    }
}
