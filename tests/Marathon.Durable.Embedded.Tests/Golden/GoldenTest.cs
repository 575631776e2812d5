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
            Exception? difference = await PlayAsync(scenario => play(scenario).WaitAsync(TimeSpan.FromSeconds(10)), name);
            Assert.True(difference is not null, $"{name} does not differ any more: {why}");
            return;
        }

        // In real time a busy machine may overtake a scenario, but the host must get it right once.
        Exception? failure = null;
        for (int attempt = 0; attempt < GoldenHosts.Attempts; attempt++)
        {
            failure = await PlayAsync(play, name);
            if (failure is null)
                return;
        }

        ExceptionDispatchInfo.Throw(failure!);
    }

    private static async Task<Exception?> PlayAsync(Func<Scenario, Task> play, string name)
    {
        await using IGoldenHost host = GoldenHosts.Create();
        Scenario scenario = new(name.Replace('_', '-'), host);
        return await Record.ExceptionAsync(async () =>
        {
            await play(scenario);
            scenario.AssertAsObserved();
        });
    }
}
