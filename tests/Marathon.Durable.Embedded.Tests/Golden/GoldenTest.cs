using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Marathon.Durable.Embedded.Tests.Golden;

/// <summary>
/// A family of scenarios. Each test is named after its scenario (with underscores) and does what the scenario's
/// "given" says; what it observes must be what the reference engine did.
/// </summary>
public abstract class GoldenTest
{
    protected static async Task Golden(Func<Scenario, Task> play, [CallerMemberName] string name = "")
    {
        if (GoldenHosts.Differs.TryGetValue(name, out string? why))
        {
            (Exception? difference, _) = await PlayAsync(scenario => play(scenario).WaitAsync(TimeSpan.FromSeconds(10)), name);
            Assert.True(difference is not null, $"{name} does not differ any more: {why}");
            return;
        }

        Exception? failure = null;
        for (int attempt = 0; attempt < GoldenHosts.Attempts; attempt++)
        {
            (Exception? failed, bool isLate) = await PlayAsync(play, name);
            if (failed is null)
                return;

            // What a host observed that could not keep up with the time says nothing about it.
            if (!isLate)
                failure = failed;
        }

        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
    }

    private static async Task<(Exception? Failure, bool IsLate)> PlayAsync(Func<Scenario, Task> play, string name)
    {
        await using IGoldenHost host = GoldenHosts.Create();
        Scenario scenario = new(name.Replace('_', '-'), host);
        Exception? failure = await Record.ExceptionAsync(async () =>
        {
            await play(scenario);
            scenario.AssertAsObserved();
        });
        return (failure, host.IsLate);
    }
}
