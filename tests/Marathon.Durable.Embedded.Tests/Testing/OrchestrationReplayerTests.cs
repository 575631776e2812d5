using Marathon.Durable.Embedded.Tests.Crash;
using Marathon.Durable.History;

namespace Marathon.Durable.Embedded.Tests.Testing;

public sealed class OrchestrationReplayerTests
{
    private static readonly Func<OrchestrationContext, Task<string>> s_original = async context =>
    {
        await context.CallActivityAsync<string>("First");
        await context.CreateTimer(TimeSpan.FromMinutes(1), default);
        string told = await context.WaitForExternalEvent<string>("E");
        return told + await context.CallActivityAsync<string>("Second");
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Replay_OfAnyProgramAtAnyMoment_IsTheSame(int seed)
    {
        VirtualTimeProvider time = new();
        DurableTaskRegistry registry = new ProgramInterpreter().Registry();
        List<IList<HistoryEvent>> moments = [];
        await using EmbeddedDurableHost host = new(new EmbeddedDurableOptions { Registry = registry, TimeProvider = time });
        await host.StartAsync();
        await host.Client.ScheduleNewOrchestrationInstanceAsync(
            "Program", new ProgramState(RandomProgram.Create(seed), ""), new StartOrchestrationOptions("p"));
        while (!(await host.Client.GetInstanceAsync("p"))!.IsCompleted)
        {
            moments.Add(await host.Client.GetOrchestrationHistoryAsync("p"));
            await time.AdvanceAsync(TimeSpan.FromSeconds(0.4));
        }

        moments.Add(await host.Client.GetOrchestrationHistoryAsync("p"));
        OrchestrationReplayer replayer = new(registry);
        foreach (IList<HistoryEvent> history in moments.Where(history => history.Count > 0))
            replayer.Replay(HistoryJson.Read(HistoryJson.Write(history)));
        Assert.True(moments.Count > 1, $"seed {seed}");
    }

    [Fact]
    public async Task Replay_OfTheSameCode_IsTheSame_EndedOrNot()
    {
        (List<HistoryEvent> ended, List<HistoryEvent> running) = await RecordAsync();
        Replay(s_original, ended);
        Replay(s_original, running);
    }

    [Fact]
    public async Task Replay_OfCodeThatCallsAnotherActivity_IsRefused()
    {
        (List<HistoryEvent> ended, List<HistoryEvent> running) = await RecordAsync();
        Refuses(context => context.CallActivityAsync<string>("Other"), ended, "'First'");
        Refuses(context => context.CallActivityAsync<string>("Other"), running, "'First'");
    }

    [Fact]
    public async Task Replay_OfCodeThatDoesMore_IsRefused()
    {
        (List<HistoryEvent> ended, List<HistoryEvent> running) = await RecordAsync();
        Func<OrchestrationContext, Task<string>> more = async context =>
        {
            Task<string> first = context.CallActivityAsync<string>("First");
            context.SendEvent("somebody", "Hello", 1);
            await first;
            await context.CreateTimer(TimeSpan.FromMinutes(1), default);
            return await context.WaitForExternalEvent<string>("E") + await context.CallActivityAsync<string>("Second");
        };
        Refuses(more, running, "SendEvent");
        Refuses(more, ended, "SendEvent");
    }

    [Fact]
    public async Task Replay_OfCodeThatEndsEarlierOrLater_IsRefused()
    {
        (List<HistoryEvent> ended, List<HistoryEvent> running) = await RecordAsync();
        Refuses(
            async context =>
            {
                await context.CallActivityAsync<string>("First");
                await context.CreateTimer(TimeSpan.FromMinutes(1), default);
                return "early";
            },
            running, "comes to its end");
        Refuses(
            async context =>
            {
                string result = await s_original(context);
                return result + await context.WaitForExternalEvent<string>("Never");
            },
            ended, "still running");
    }

    [Fact]
    public void Replay_OfHalfAHistory_SaysWhatIsMissing() => Assert.Throws<ArgumentException>(() => Replay(s_original, []));

    private static void Refuses(Func<OrchestrationContext, Task<string>> changed, List<HistoryEvent> history, string why) => Assert.Contains(
        why, Assert.Throws<NonDeterministicOrchestrationException>(() => Replay(changed, history)).Message, StringComparison.Ordinal);

    private static void Replay(Func<OrchestrationContext, Task<string>> code, List<HistoryEvent> history) =>
        new OrchestrationReplayer(new DurableTaskRegistry().AddOrchestratorFunc("O", code)).Replay(history);

    private static async Task<(List<HistoryEvent> Ended, List<HistoryEvent> Running)> RecordAsync()
    {
        VirtualTimeProvider time = new();
        DurableTaskRegistry registry = new DurableTaskRegistry().AddOrchestratorFunc("O", s_original)
            .AddActivityFunc("First", _ => "1").AddActivityFunc("Second", _ => "2");
        await using EmbeddedDurableHost host = new(new EmbeddedDurableOptions { Registry = registry, TimeProvider = time });
        await host.StartAsync();
        await host.Client.ScheduleNewOrchestrationInstanceAsync("O", null, new StartOrchestrationOptions("o"));
        await time.AdvanceAsync(TimeSpan.FromMinutes(2));
        List<HistoryEvent> running = [.. await host.Client.GetOrchestrationHistoryAsync("o")];
        await host.Client.RaiseEventAsync("o", "E", "told");
        await time.RunUntilAsync(host.Client.WaitForInstanceCompletionAsync("o"));
        return ([.. await host.Client.GetOrchestrationHistoryAsync("o")], running);
    }
}
