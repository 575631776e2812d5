using System.Text.Json;
using Marathon.Controller.Http;
using Marathon.Controller.Loop;
using Marathon.Controller.Tests.World;
using Marathon.Durable;
using Marathon.Runs;
using Marathon.Scenarios;
using Marathon.Scenarios.TailRead;
using Marathon.Scenarios.Toolkit;

namespace Marathon.Controller.Tests.Loop;

/// <summary>A loop in a controller on a virtual clock, and what its operators do to it.</summary>
internal static class LoopWorld
{
    public static Task<ControllerWorld> StartAsync() => ControllerWorld.StartAsync(catalog: new ScenarioCatalog(
    [
        new ScenarioDefinition<TailReadScenario, TailReadConfig>("good", "", ""),
        new ScenarioDefinition<ViolatingScenario, TailReadConfig>("violating", "", ""),
    ]));

    public static RunSpec Entry(string scenario = "good", double seconds = 5, params (string Key, object Value)[] loop) =>
        ControllerWorld.Spec(seconds, scenario: scenario) with { Loop = loop.ToDictionary(l => l.Key, l => JsonSerializer.SerializeToElement(l.Value)) };

    public static Task SetLoopAsync(this ControllerWorld world, params RunSpec[] specs) =>
        world.Loop.UpdateAsync(record => record with { Plan = new LoopPlan(record.Plan.Revision + 1, specs) }, default);

    public static Task StartLoopAsync(this ControllerWorld world) => world.Client.ScheduleNewOrchestrationInstanceAsync(
        nameof(LoopOrchestrator), LoopPosition.Start, new StartOrchestrationOptions { InstanceId = LoopOrchestrator.InstanceId });

    public static async Task TellLoopAsync(this ControllerWorld world, LoopSignalKind kind)
    {
        await world.Client.RaiseEventAsync(LoopOrchestrator.InstanceId, LoopSignal.EventName, new LoopSignal(kind));
        await world.Time.IdleAsync();
    }

    public static async Task<LoopSummary> LoopAsync(this ControllerWorld world) => LoopSummary.Of(
        await world.Loop.GetAsync(default), await world.Client.GetInstanceAsync(LoopOrchestrator.InstanceId, true));

    public static async Task<IReadOnlyList<LoopVerdict>> HistoryAsync(this ControllerWorld world, int atLeast) =>
        (await world.UntilLoopAsync(loop => loop.History.Count >= atLeast, $"{atLeast} runs")).History;

    public static async Task<LoopSummary> UntilLoopAsync(this ControllerWorld world, Func<LoopSummary, bool> condition, string what)
    {
        for (int i = 0; i < 2000; i++)
        {
            LoopSummary loop = await world.LoopAsync();
            if (condition(loop))
            {
                return loop;
            }

            await world.Time.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        throw new TimeoutException($"never: {what}; the loop is {await world.LoopAsync()}");
    }

    private sealed class ViolatingScenario : Scenario<TailReadConfig>
    {
        protected override Task WorkloadAsync(ScenarioContext<TailReadConfig> run) =>
            run.AssertAsync(new Assertion("impossible", new(Measure.InSyncReplicas, Comparison.AtLeast, 1000), "replicas"));
    }
}
