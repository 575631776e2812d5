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
        await using IGoldenHost host = GoldenHosts.Create();
        Scenario scenario = new(name.Replace('_', '-'), host);
        if (GoldenHosts.Differs.TryGetValue(name, out string? why))
        {
            Exception? difference = await Record.ExceptionAsync(() => play(scenario).WaitAsync(TimeSpan.FromSeconds(10)));
            Assert.True(difference is not null, $"{name} does not differ any more: {why}");
            return;
        }

        await play(scenario);
        scenario.AssertAsObserved();
    }
}
