using Marathon.Azure.Arm;
using Marathon.Azure.Tests.Fakes;

namespace Marathon.Azure.Tests.Arm;

public sealed class SharedReadsTests
{
    private readonly VirtualClock clock = new();

    [Fact]
    public async Task Failures_are_shared_too_so_that_what_was_throttled_is_not_tried_at_once()
    {
        int reads = 0;
        SharedReads<int> shared = new(clock, TimeSpan.FromSeconds(15));
        for (int i = 0; i < 5; i++)
            await Assert.ThrowsAsync<InvalidOperationException>(() => shared.GetAsync("k", _ => { reads++; throw new InvalidOperationException(); }, default));
        Assert.Equal(1, reads);
        clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(7, await shared.GetAsync("k", _ => Task.FromResult(7), default));
    }

    [Fact]
    public async Task One_who_gives_up_does_not_end_the_read_of_the_others()
    {
        TaskCompletionSource<int> answer = new();
        SharedReads<int> shared = new(clock, TimeSpan.FromSeconds(15));
        using CancellationTokenSource impatient = new();
        Task<int> first = shared.GetAsync("k", _ => answer.Task, impatient.Token);
        Task<int> second = shared.GetAsync("k", _ => throw new InvalidOperationException("read twice"), default);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        answer.SetResult(7);
        Assert.Equal(7, await second);
    }
}
