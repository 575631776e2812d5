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
        (List<RereadTask> read, int joins) = await VerifyAsync(
            [[Range(0, 100)], [Range(0, 100), Range(0, 40)], [Range(0, 40)], [Range(1, 0)]],
            _ => null);

        Assert.Equal([(0, 100), (0, 40)], read.Select(t => (t.Range.Partition, t.Range.From)));
        Assert.Equal(3, joins);
    }

    [Fact]
    public async Task What_could_not_be_read_is_tried_again_in_the_next_round()
    {
        int tries = 0;
        (List<RereadTask> read, int joins) = await VerifyAsync(
            [[Range(0, 100)], [Range(0, 100)], []],
            task => ++tries <= 2 ? task with { Fruitless = task.Fruitless + 1 } : null);

        Assert.Equal([0, 1, 0], read.Select(t => t.Fruitless));
        Assert.Equal(3, joins);
    }

    [Fact]
    public async Task A_cluster_that_gives_nothing_is_left_after_two_rounds()
    {
        RereadTask[] open = [Range(0, 100), Range(1, 0)];
        (List<RereadTask> read, int joins) = await VerifyAsync(
            [open, open, open, open], task => throw new IOException($"partition {task.Range.Partition} has no leader"));

        Assert.Equal(2 * open.Length * 3, read.Count);
        Assert.Equal(3, joins);
    }

    private static async Task<(List<RereadTask> Read, int Joins)> VerifyAsync(RereadTask[][] joins, Func<RereadTask, RereadTask?> reread)
    {
        List<RereadTask> read = [];
        int joined = 0;
        VirtualTimeProvider time = new();
        DurableTaskRegistry registry = new DurableTaskRegistry()
            .AddOrchestrator<VerificationOrchestrator>()
            .AddActivityFunc<PublishRequest, PublishResult>(nameof(Publish), (_, _) => Task.FromResult(new PublishResult([], [], false)))
            .AddActivityFunc<RunRequest>(nameof(CollectEvidence), (_, _) => Task.CompletedTask)
            .AddActivityFunc<JoinRequest, bool>(nameof(SampleStableOffsets), (_, _) => Task.FromResult(false))
            .AddActivityFunc<JoinRequest>(nameof(CheckTimeIndex), (_, _) => Task.CompletedTask)
            .AddActivityFunc<JoinRequest, RereadTask[]>(nameof(JoinEvidence), (_, _) => Task.FromResult(joins[joined++]))
            .AddActivityFunc<RereadTask, RereadTask?>(nameof(RereadRange), (_, task) =>
            {
                lock (read)
                {
                    read.Add(task!);
                    return Task.FromResult(reread(task!));
                }
            });
        await using EmbeddedDurableHost host = new(new EmbeddedDurableOptions { Registry = registry, TimeProvider = time });
        await host.StartAsync();
        await host.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(VerificationOrchestrator),
            new VerificationInput("run", 1, new RunSettings(), Drained: true, time.GetUtcNow().UtcDateTime + TimeSpan.FromMinutes(10)),
            new StartOrchestrationOptions("verify"));

        OrchestrationMetadata ended = await time.RunUntilAsync(host.Client.WaitForInstanceCompletionAsync("verify"));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        return (read, joined);
    }

    private static RereadTask Range(int partition, long from) => new("run", 1, new RereadRequest("t", partition, from, from + 10, 0, "overlap"));
}
