using Marathon.Kafka.Threading;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Kafka.Tests.Threading;

public sealed class ClientThreadTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Ask_WhileTheLastThingIsDone_IsAnsweredInItAndNotBesideIt()
    {
        await using var client = new Client();
        client.Begin();
        var finishing = client.FinishAsync();
        await client.IsFinishing.Task.WaitAsync(s_soon);

        var asked = client.AskAsync(() => Environment.CurrentManagedThreadId);
        await client.LetServeAsync();

        Assert.Equal(client.FinishedOn, await asked.WaitAsync(s_soon));
        client.MayEnd.SetResult();
        await finishing.WaitAsync(s_soon);
    }

    [Fact]
    public async Task Ask_AfterTheEnd_IsAnswered()
    {
        await using var client = new Client();
        client.Begin();
        client.MayEnd.SetResult();
        await client.FinishAsync().WaitAsync(s_soon);

        Assert.Equal(7, await client.AskAsync(() => 7).WaitAsync(s_soon));
    }

    [Fact]
    public async Task Dispose_WhileTheLastThingIsDone_WaitsForIt()
    {
        var client = new Client();
        client.Begin();
        var finishing = client.FinishAsync();
        await client.IsFinishing.Task.WaitAsync(s_soon);

        var disposing = Task.Run(async () => await client.DisposeAsync());
        await Task.WhenAny(disposing, Task.Delay(200));
        Assert.False(client.IsClosed);

        client.MayEnd.SetResult();
        await Task.WhenAll(finishing, disposing).WaitAsync(s_soon);
        Assert.True(client.IsClosed);
    }

    [Fact]
    public async Task Ask_WhileItIsClosed_IsAnsweredAfterwards()
    {
        var client = new Client { CloseWhen = new(TaskCreationOptions.RunContinuationsAsynchronously) };
        client.Begin();
        var disposing = Task.Run(async () => await client.DisposeAsync());
        await client.IsClosing.Task.WaitAsync(s_soon);

        var asked = client.AskAsync(() => 7);
        client.CloseWhen.SetResult();

        Assert.Equal(7, await asked.WaitAsync(s_soon));
        await disposing.WaitAsync(s_soon);
    }

    private sealed class Client() : ClientThread("client", NullLogger.Instance)
    {
        private readonly SemaphoreSlim _serve = new(0), _served = new(0);

        public TaskCompletionSource IsFinishing { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource MayEnd { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource IsClosing { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource? CloseWhen { get; init; }

        public int FinishedOn { get; private set; }

        public bool IsClosed { get; private set; }

        public Task FinishAsync() => LeaveAndAsync(() =>
        {
            FinishedOn = Environment.CurrentManagedThreadId;
            IsFinishing.SetResult();
            while (!MayEnd.Task.Wait(1))
            {
                if (!_serve.Wait(0))
                    continue;
                ServeRequests();
                _served.Release();
            }
        });

        public async Task LetServeAsync()
        {
            _serve.Release();
            Assert.True(await _served.WaitAsync(s_soon));
        }

        protected override void Work()
        {
            while (!IsLeaving)
            {
                ServeRequests();
                Thread.Sleep(1);
            }
        }

        protected override void Close()
        {
            IsClosing.SetResult();
            CloseWhen?.Task.Wait();
            IsClosed = true;
        }
    }
}
