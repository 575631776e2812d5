using System.Net;
using System.Net.Sockets;
using Marathon.Durable;
using Marathon.Durable.Embedded.Tests.Golden;
using Marathon.Functions.Durable;
using Microsoft.DurableTask.Testing;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Marathon.Functions.Tests.Durable;

/// <summary>The SDK's worker and client against its sidecar in this process, behind our adapters, in real time.</summary>
internal sealed class SdkGoldenHost : IGoldenHost
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);
    private DurableTaskTestHost? _host;
    private DurableClient? _client;

    public DurableClient Client => _client!;

    public TimeProvider Time => TimeProvider.System;

    public RecordingLogger Log { get; } = new();

    public async Task StartAsync(DurableTaskRegistry registry, TimeSpan? maximumTimerInterval)
    {
        IServiceProvider services = new ServiceCollection().BuildServiceProvider();
        DurableTaskTestHostOptions options = new()
        {
            LoggerFactory = Log,
            Port = FreePort(),
            ConfigureServices = added =>
            {
                if (maximumTimerInterval is { } interval)
                    added.Configure<DurableTaskWorkerOptions>(worker => worker.MaximumTimerInterval = interval);
            },
        };
        _host = await DurableTaskTestHost.StartAsync(tasks => tasks.Expose(registry, services), options);
        _client = new DurableClientAdapter(_host.Client);
    }

    public Task PassAsync(TimeSpan time) => Task.Delay(time);

    public Task<T> UntilAsync<T>(Task<T> task) => task.WaitAsync(s_deadline);

    public IDisposable Park() => new Nothing();

    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;

    // Left to itself the sidecar draws a port without looking whether it is free.
    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
