using Marathon.Controller.Orchestrations;
using Marathon.Controller.Runs;
using Marathon.Controller.Tests.Loop;
using Marathon.Controller.Tests.World;
using Marathon.Durable;
using Marathon.Durable.Embedded;

namespace Marathon.Controller.Tests.Histories;

/// <summary>
/// Records what the orchestrations of this build do, for later builds to replay. Recordings are never changed: a build
/// that changes an orchestrator adds new ones, in a folder of its own, and keeps replaying the old.
/// </summary>
public sealed class HistoryRecordings
{
    [RecordingFact]
    public async Task Record_a_run_while_it_is_loading_and_when_it_has_ended()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(5), default);
        await world.UntilStateAsync(run.RunId, "loading");
        await RecordAsync(world, "loading");
        await world.FinishAsync(run.RunId);
        await RecordAsync(world, "finished");
    }

    [RecordingFact]
    public async Task Record_a_run_whose_worker_is_replaced_and_that_is_interrupted()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(60), default);
        await world.UntilStateAsync(run.RunId, "loading");
        world.Fleet["w1"].Kill();
        await world.Time.AdvanceAsync(TimeSpan.FromSeconds(20));
        await world.TellAsync(run.RunId, new RunSignal(RunSignalKind.Pause, "a break"));
        await world.Time.AdvanceAsync(TimeSpan.FromSeconds(5));
        await world.TellAsync(run.RunId, new RunSignal(RunSignalKind.Resume));
        await world.Time.AdvanceAsync(TimeSpan.FromSeconds(5));
        await world.TellAsync(run.RunId, new RunSignal(RunSignalKind.Interrupt, "enough"));
        await world.FinishAsync(run.RunId);
        await RecordAsync(world, "interrupted");
    }

    [RecordingFact]
    public async Task Record_a_run_that_is_tried_again()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord run = await world.Admission.StartAsync(ControllerWorld.Spec(10) with { Quorum = 2, MaxReplacements = 0 }, default);
        await world.UntilStateAsync(run.RunId, "loading");
        world.Fleet["w1"].Kill();
        await world.UntilStateAsync(run.RunId, "pending");
        await RecordAsync(world, "between-attempts");
        await world.FinishAsync(run.RunId);
        await RecordAsync(world, "tried-again");
    }

    [RecordingFact]
    public async Task Record_a_run_that_breaks_brokers_and_one_that_scales_its_fleet()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        RunRecord breaking = await world.Admission.StartAsync(
            ControllerWorld.Spec(20, scenario: "broker-failure", config: [("faultAfter", "5s"), ("faultFor", "5s")]), default);
        await world.FinishAsync(breaking.RunId);
        await RecordAsync(world, "broker-failure", breaking.RunId);
        RunRecord scaling = await world.Admission.StartAsync(ControllerWorld.Spec(20, scenario: "group-churn", config: [("churn.every", "6s")]), default);
        await world.FinishAsync(scaling.RunId);
        await RecordAsync(world, "group-churn", scaling.RunId);
    }

    [RecordingFact]
    public async Task Record_a_loop_between_runs_and_during_one()
    {
        await using ControllerWorld world = await ControllerWorld.StartAsync();
        await world.SetLoopAsync(ControllerWorld.Spec(5));
        await world.StartLoopAsync();
        await world.UntilLoopAsync(loop => loop.RunId is not null, "a run");
        await RecordAsync(world, "loop-during", "loop");
        await world.UntilLoopAsync(loop => loop.RunId is null, "none");
        await RecordAsync(world, "loop-between", "loop");
    }

    private static async Task RecordAsync(ControllerWorld world, string moment, string idPrefix = "")
    {
        Directory.CreateDirectory(RecordingFactAttribute.Folder!);
        Dictionary<string, int> counts = [];
        await foreach (OrchestrationMetadata instance in world.Client.GetAllInstancesAsync(new OrchestrationQuery(InstanceIdPrefix: idPrefix)))
        {
            counts[instance.Name] = counts.GetValueOrDefault(instance.Name) + 1;
            string text = HistoryJson.Write(await world.Client.GetOrchestrationHistoryAsync(instance.InstanceId));
            await File.WriteAllTextAsync(Path.Combine(RecordingFactAttribute.Folder!, $"{moment}-{instance.Name}-{counts[instance.Name]}.jsonl"), text);
        }
    }
}
