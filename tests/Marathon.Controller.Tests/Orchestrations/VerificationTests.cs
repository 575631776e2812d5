using Marathon.Controller.Activities;
using Marathon.Controller.Orchestrations;
using Marathon.Controller.Runs;
using Marathon.Durable;
using Marathon.Durable.Embedded;
using Marathon.Verification;
using Assert = Xunit.Assert;

namespace Marathon.Controller.Tests.Orchestrations;

public sealed class VerificationTests
{
    [Fact]
    public async Task What_a_second_reading_leaves_open_is_read_again_but_nothing_twice()
    {
        Queue<RereadTask[]> joins = new([[Range(0, 100)], [Range(0, 100), Range(0, 40)], [Range(0, 40)], [Range(1, 0)]]);
        List<RereadTask> read = [];
        int joined = 0;
        VirtualTimeProvider time = new();
        DurableTaskRegistry registry = new DurableTaskRegistry()
            .AddOrchestrator<VerificationOrchestrator>()
            .AddActivityFunc<PublishRequest, PublishResult>(nameof(Publish), (_, _) => Task.FromResult(new PublishResult([], [], false)))
            .AddActivityFunc<RunRequest>(nameof(CollectEvidence), (_, _) => Task.CompletedTask)
            .AddActivityFunc<JoinRequest, bool>(nameof(SampleStableOffsets), (_, _) => Task.FromResult(false))
            .AddActivityFunc<JoinRequest>(nameof(CheckTimeIndex), (_, _) => Task.CompletedTask)
            .AddActivityFunc<JoinRequest, RereadTask[]>(nameof(JoinEvidence), (_, _) =>
            {
                joined++;
                return Task.FromResult(joins.Dequeue());
            })
            .AddActivityFunc<RereadTask, RereadTask?>(nameof(RereadRange), (_, task) =>
            {
                read.Add(task!);
                return Task.FromResult<RereadTask?>(null);
            });
        await using EmbeddedDurableHost host = new(new EmbeddedDurableOptions { Registry = registry, TimeProvider = time });
        await host.StartAsync();
        await host.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(VerificationOrchestrator),
            new VerificationInput("run", 1, new RunSettings(), Drained: true, time.GetUtcNow().UtcDateTime + TimeSpan.FromMinutes(10)),
            new StartOrchestrationOptions("verify"));

        OrchestrationMetadata ended = await time.RunUntilAsync(host.Client.WaitForInstanceCompletionAsync("verify"));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal([(0, 100), (0, 40)], read.Select(t => (t.Range.Partition, t.Range.From)));
        Assert.Equal(3, joined);
    }

    private static RereadTask Range(int partition, long from) => new("run", 1, new RereadRequest("t", partition, from, from + 10, 0, "overlap"));
}
