using Marathon.Worker.ScheduledEvents;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Worker.Tests.ScheduledEvents;

public sealed class ScheduledEventsWatcherTests : IAsyncLifetime
{
    private const string Own = "mw-run-0_0000000a";
    private FakeMetadata metadata = null!;

    private CancellationTokenSource Stop { get; } = new(TimeSpan.FromMinutes(2));

    private HttpClient Http { get; } = ScheduledEventsWatcher.CreateClient();

    public async Task InitializeAsync() => metadata = await FakeMetadata.StartAsync(Own);

    public async Task DisposeAsync()
    {
        await Stop.CancelAsync();
        await metadata.DisposeAsync();
        Http.Dispose();
        Stop.Dispose();
    }

    [Fact]
    public async Task An_eviction_with_thirty_seconds_of_notice_is_acknowledged_only_after_the_checkpoint()
    {
        ScheduledEventsWatcher watcher = Watcher();
        DateTimeOffset gone = DateTimeOffset.UtcNow.AddSeconds(30);
        metadata.Schedule("evict", "Preempt", gone, Own);

        MachineNotice notice = await FirstAsync(watcher);

        Assert.Equal((MachineNoticeKind.Preempt, true), (notice.Kind, notice.IsTheEnd));
        Assert.True((gone - notice.NotBefore!.Value).Duration() < TimeSpan.FromSeconds(1));
        // While the checkpoint is being stored the watcher goes on, and acknowledges nothing by itself.
        int looks = metadata.Looks;
        Task watching = Task.Run(async () => { await foreach (MachineNotice _ in watcher.WatchAsync(Stop.Token)) { } });
        await Eventually.Holds(() => metadata.Looks > looks + 3, "more looks");
        Assert.Empty(metadata.Acknowledged);
        await watcher.AcknowledgeAsync(notice, Stop.Token);
        Assert.Equal(["evict"], metadata.Acknowledged);
        await Stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }

    [Fact]
    public async Task Events_of_other_machines_are_left_out()
    {
        metadata.Schedule("other", "Preempt", DateTimeOffset.UtcNow, "mw-run-0_0000000b");
        metadata.Schedule("own", "Reboot", DateTimeOffset.UtcNow, "mw-run-0_0000000b", Own.ToUpperInvariant());
        MachineNotice notice = await FirstAsync(Watcher());
        Assert.Equal(("own", MachineNoticeKind.Reboot, true), (notice.EventId, notice.Kind, notice.IsTheEnd));
    }

    [Fact]
    public async Task An_event_is_told_once_however_long_it_is_shown()
    {
        metadata.Schedule("freeze", "Freeze", DateTimeOffset.UtcNow, Own);
        List<string> told = [];
        Task watching = Task.Run(async () =>
        {
            await foreach (MachineNotice notice in Watcher().WatchAsync(Stop.Token))
            {
                told.Add(notice.EventId);
                if (notice.EventId == "evict") return;
            }
        });
        await Eventually.Holds(() => metadata.Looks > 5, "some looks");
        metadata.Schedule("evict", "Preempt", null, Own);
        await watching;
        Assert.Equal(["freeze", "evict"], told);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(410)]
    [InlineData(429)]
    public async Task A_service_that_fails_is_asked_again(int status)
    {
        for (int i = 0; i < 3; i++) metadata.Failures.Enqueue(status);
        metadata.Schedule("evict", "Preempt", DateTimeOffset.UtcNow, Own);
        Assert.Equal("evict", (await FirstAsync(Watcher())).EventId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("""{"Events":7}""")]
    [InlineData("""{"Events":[null,7,{},{"Resources":["mw-run-0_0000000a"],"EventType":"Explode","EventId":"x"},{"Resources":["mw-run-0_0000000a"],"EventType":"Preempt","EventId":3},{"Resources":"mw-run-0_0000000a","EventType":"Preempt","EventId":"x"}]}""")]
    public async Task An_answer_that_is_none_is_passed_over(string answer)
    {
        metadata.Instead = answer;
        Task<MachineNotice> first = FirstAsync(Watcher());
        await Eventually.Holds(() => metadata.Looks > 2, "some looks");
        Assert.False(first.IsCompleted);
        metadata.Instead = null;
        metadata.Schedule("evict", "Preempt", DateTimeOffset.UtcNow, Own);
        Assert.Equal("evict", (await first).EventId);
    }

    [Fact]
    public async Task Acknowledging_an_event_that_has_begun_is_fine() =>
        await Watcher().AcknowledgeAsync(new MachineNotice("long-gone", MachineNoticeKind.Preempt, null, ""), Stop.Token);

    private ScheduledEventsWatcher Watcher() => new(
        Http,
        new ScheduledEventsOptions { BaseAddress = metadata.Address, Interval = TimeSpan.FromMilliseconds(20) },
        TimeProvider.System,
        NullLogger<ScheduledEventsWatcher>.Instance);

    private async Task<MachineNotice> FirstAsync(ScheduledEventsWatcher watcher)
    {
        await foreach (MachineNotice notice in watcher.WatchAsync(Stop.Token)) return notice;
        throw new InvalidOperationException("the watch ended");
    }
}
