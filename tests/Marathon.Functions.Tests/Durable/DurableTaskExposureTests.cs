using Marathon.Controller;
using Marathon.Durable;
using Marathon.Functions.Durable;
using Microsoft.Extensions.DependencyInjection;
using Sdk = Microsoft.DurableTask;

namespace Marathon.Functions.Tests.Durable;

public sealed class DurableTaskExposureTests
{
    [Fact]
    public void EveryTaskOfTheController_IsOneOfTheSdk_UnderItsName()
    {
        using ServiceProvider services = new ServiceCollection().BuildServiceProvider();
        DurableTaskRegistry registry = new DurableTaskRegistry().AddMarathon();
        Sdk.DurableTaskRegistry tasks = new();

        tasks.Expose(registry, services);

        Assert.True(registry.Orchestrators.Count >= 6);
        Assert.Equal(Sorted(registry.Orchestrators.Select(task => task.Name.Name)), Sorted(tasks.GetOrchestrators().Select(task => task.Key.Name)));
        Assert.Equal(Sorted(registry.Activities.Select(task => task.Name.Name)), Sorted(tasks.GetActivities().Select(task => task.Key.Name)));
    }

    private static string[] Sorted(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];
}
