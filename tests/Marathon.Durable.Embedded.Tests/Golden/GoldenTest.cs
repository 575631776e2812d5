using System.Runtime.CompilerServices;

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
            Exception? difference = await Record.ExceptionAsync(() => PlayAsync(play, name).WaitAsync(TimeSpan.FromSeconds(10)));
            Assert.True(difference is not null, $"{name} does not differ any more: {why}");
            return;
        }

        for (int attempt = 1; attempt < GoldenHosts.Attempts; attempt++)
        {
            if (await Record.ExceptionAsync(() => PlayAsync(play, name)) is null)
                return;
        }

        await PlayAsync(play, name);
    }

    private static async Task PlayAsync(Func<Scenario, Task> play, string name)
    {
        await using IGoldenHost host = GoldenHosts.Create();
        Scenario scenario = new(name.Replace('_', '-'), host);
        await play(scenario);
        scenario.AssertAsObserved();
    }
}
