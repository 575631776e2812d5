using Marathon.Controller;
using Marathon.Controller.Runs;
using Marathon.Durable;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marathon.Functions.Tests;

public sealed class FunctionsServicesTests
{
    [Fact]
    public void EveryOrchestratorOfTheController_HasItsTrigger_AndNothingElse()
    {
        using IHost app = FunctionsApp.Build(FunctionsApp.StorageSettings);

        Assert.Equal(
            Sorted(new DurableTaskRegistry().AddMarathon().Orchestrators.Select(task => task.Name.Name)),
            Sorted(Functions(app).Where(function => Bindings(function).SequenceEqual(["orchestrationTrigger"])).Select(function => function.Name!)));
    }

    [Fact]
    public void EveryActivityOfTheController_HasItsTrigger_AndAClient()
    {
        using IHost app = FunctionsApp.Build(FunctionsApp.StorageSettings);

        Assert.Equal(
            Sorted(new DurableTaskRegistry().AddMarathon().Activities.Select(task => task.Name.Name)),
            Sorted(Functions(app).Where(function => Bindings(function).SequenceEqual(["activityTrigger", "durableClient"])).Select(function => function.Name!)));
    }

    [Fact]
    public void EveryTaskOfTheController_CanBeMade()
    {
        using IHost app = FunctionsApp.Build(FunctionsApp.StorageSettings);
        using IServiceScope invocation = app.Services.CreateScope();
        DurableTaskRegistry registry = app.Services.GetRequiredService<DurableTaskRegistry>();

        Assert.All(registry.Orchestrators, task => Assert.NotNull(task.Factory(app.Services)));
        Assert.All(registry.Activities, task => Assert.NotNull(task.Factory(invocation.ServiceProvider)));
    }

    [Fact]
    public void RunsOfTheCloud_WaitForMachinesToBeMadeAndToGo()
    {
        using IHost app = FunctionsApp.Build(FunctionsApp.StorageSettings);

        RunSettings limits = app.Services.GetRequiredService<ControllerOptions>().Runs;

        Assert.True(limits.RegisterWithin >= TimeSpan.FromMinutes(10) && limits.PrepareWithin > limits.RegisterWithin, $"{limits}");
        Assert.True(limits.CleanupWithin >= TimeSpan.FromMinutes(10), $"{limits}");
    }

    private static List<IFunctionMetadata> Functions(IHost app)
    {
        List<IFunctionMetadata> functions = [];
        foreach (IFunctionMetadataTransformer transformer in app.Services.GetServices<IFunctionMetadataTransformer>()) transformer.Transform(functions);
        return functions;
    }

    private static IEnumerable<string> Bindings(IFunctionMetadata function) =>
        function.RawBindings!.Select(binding => System.Text.Json.JsonDocument.Parse(binding).RootElement.GetProperty("type").GetString()!);

    private static string[] Sorted(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];
}
