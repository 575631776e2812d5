using System.Net;
using System.Net.Sockets;
using Marathon.Durable;
using Marathon.Durable.Embedded.Tests.Golden;
using Marathon.Functions.Durable;
using Microsoft.DurableTask.Testing;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Sdk = Microsoft.DurableTask;

namespace Marathon.Functions.Tests.Durable;

/// <summary>The SDK's worker and client against its sidecar in this process, behind our adapters, in real time.</summary>
internal sealed class SdkGoldenHost : IGoldenHost
{
    private const string Probe = "Probe";
    private const int ProbeHops = 3;
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(3);
    private DurableTaskTestHost? _host;
    private DurableClient? _client;

    public DurableClient Client => _client!;

    /// <summary>Where the sidecar listens.</summary>
    public Uri Address { get; private set; } = null!;

    public TimeProvider Time => TimeProvider.System;

    public RecordingLogger Log { get; } = new();

    public async Task StartAsync(DurableTaskRegistry registry, TimeSpan? maximumTimerInterval)
    {
        IServiceProvider services = new ServiceCollection().BuildServiceProvider();
        int port = FreePort();
        Address = new Uri($"http://localhost:{port}");
        DurableTaskTestHostOptions options = new()
        {
            LoggerFactory = Log,
            Port = port,
            ConfigureServices = added =>
            {
                if (maximumTimerInterval is { } interval)
                    added.Configure<DurableTaskWorkerOptions>(worker => worker.MaximumTimerInterval = interval);
            },
        };
        _host = await DurableTaskTestHost.StartAsync(
            tasks =>
            {
                tasks.Expose(registry, services);
                tasks.AddActivityFunc<int, int>(Probe, (_, hop) => hop);
                tasks.AddOrchestratorFunc(Probe, ProbeAsync);
            },
            options);
        _client = new DurableClientAdapter(_host.Client.Name, () => _host.Client);
    }

    /// <summary>
    /// What fell due is in the sidecar's queues by then, and on a busy machine still there. They are first in, first out: once
    /// an instance that came later has gone through all of them, and more than once, so has the rest.
    /// </summary>
    public async Task PassAsync(TimeSpan time)
    {
        await Task.Delay(time);
        string id = await Client.ScheduleNewOrchestrationInstanceAsync(Probe);
        await UntilAsync(Client.WaitForInstanceCompletionAsync(id));
        await Client.PurgeInstanceAsync(id);
    }

    public Task<T> UntilAsync<T>(Task<T> task) => task.WaitAsync(s_deadline);

    public IDisposable Park() => new Nothing();

    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task ProbeAsync(Sdk.TaskOrchestrationContext context)
    {
        for (int hop = 0; hop < ProbeHops; hop++)
            await context.CallActivityAsync<int>(Probe, hop);
    }

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
