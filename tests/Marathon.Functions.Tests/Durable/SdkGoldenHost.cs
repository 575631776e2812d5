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
    // No activity is among them: it would wait for seconds behind one that a scenario holds.
    private const string Probe = "Probe", Hop = "Hop";
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(1);

    private static readonly DurableTaskRegistry s_probe = new DurableTaskRegistry()
        .AddOrchestratorFunc<int, int>(Probe, async (context, _) => await HopAsync(context) + await HopAsync(context) + await HopAsync(context));

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
                tasks.Expose(s_probe, services);
            },
            options);
        _client = new DurableClientAdapter(_host.Client.Name, () => _host.Client);

        // Until the worker has connected and everything has run once, it is slower than it will be.
        await PassAsync(TimeSpan.Zero);
    }

    /// <summary>
    /// What fell due is in the sidecar's queues by then, and on a busy machine still there. They are first in, first out: once
    /// an instance that came later has gone through all of them, and more than once, so has the rest.
    /// </summary>
    public async Task PassAsync(TimeSpan time)
    {
        await Task.Delay(time);
        string id = await Client.ScheduleNewOrchestrationInstanceAsync(Probe, 0);
        await UntilAsync(Client.WaitForInstanceCompletionAsync(id));
        await Client.PurgeInstanceAsync(id);
    }

    public Task<T> UntilAsync<T>(Task<T> task) => task.WaitAsync(s_deadline);

    public IDisposable Park() => new Nothing();

    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static Task<int> HopAsync(OrchestrationContext context)
    {
        context.SendEvent(context.InstanceId, Hop, 1);
        return context.WaitForExternalEvent<int>(Hop);
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
