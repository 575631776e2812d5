using System.Collections.Concurrent;
using System.Net;
using Marathon.Controller.Fleets;
using Marathon.Worker;
using Marathon.Worker.Lifetime;
using Marathon.Worker.Logging;
using Marathon.Workers.Load;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Marathon.EndToEnd.Tests.Matrix;

/// <summary>Workers as they are, each with its own HTTP side and Kafka clients, but all in this process.</summary>
/// <param name="data">The data folder.</param>
/// <param name="loadOf">Puts something around the load of a run's workers.</param>
internal sealed class InProcessFleet(string data, Func<string, ILoad, ILoad> loadOf) : IFleetProvider
{
    private readonly ConcurrentDictionary<(string RunId, WorkerLife Life), (WorkerSession Session, Task End)> lives = new();

    public Task<FleetOperation> StartAsync(FleetStart start, CancellationToken cancellationToken)
    {
        foreach (WorkerLife life in start.Lives)
        {
            lives.GetOrAdd((start.RunId, life), _ => Begin(start, life));
        }

        return Task.FromResult(FleetOperation.Done(start.RunId));
    }

    public Task<FleetOperation> PollAsync(FleetOperation operation, CancellationToken cancellationToken) => Task.FromResult(operation);

    public Task<IReadOnlyList<WorkerInstance>> ListAsync(string runId, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<WorkerInstance>>(
        [.. lives.Where(l => l.Key.RunId == runId).Select(l => new WorkerInstance(l.Key.Life.Worker, l.Key.Life.Epoch, !l.Value.End.IsCompleted, Environment.ProcessId))]);

    public Task KillAsync(string runId, IReadOnlyList<WorkerLife> doomed, CancellationToken cancellationToken) => EndAsync(runId, doomed.Contains);

    public async Task<FleetOperation> ReleaseAsync(string runId, CancellationToken cancellationToken)
    {
        await EndAsync(runId, _ => true);
        return FleetOperation.Done(runId);
    }

    private async Task EndAsync(string runId, Func<WorkerLife, bool> wanted)
    {
        foreach ((_, (WorkerSession session, Task end)) in lives.Where(l => l.Key.RunId == runId && wanted(l.Key.Life)))
        {
            session.End(WorkerEnd.Replaced, "killed");
            await end;
        }
    }

    private (WorkerSession Session, Task End) Begin(FleetStart start, WorkerLife life)
    {
        WorkerArguments arguments = new(
            start.RunId, data, life.Worker, life.Epoch, start.Controller, new IPEndPoint(IPAddress.Loopback, 0), start.LeaseTimeout, start.Token);
        RunLogProvider log = new(arguments.LogFile, TimeProvider.System);
        WebApplication app = WorkerHost.Build(arguments, log, services =>
        {
            Func<IServiceProvider, object> usual = services.Last(s => s.ServiceType == typeof(Func<string, ILoad>)).ImplementationFactory!;
            services.AddSingleton<Func<string, ILoad>>(provider => kind => loadOf(start.RunId, ((Func<string, ILoad>)usual(provider))(kind)));
        });
        return (app.Services.GetRequiredService<WorkerSession>(), Task.Run(() => LiveAsync(app, log)));
    }

    private static async Task LiveAsync(WebApplication app, RunLogProvider log)
    {
        ILogger logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Worker");
        try
        {
            await WorkerLifetime.LiveAsync(app, logger);
        }
        finally
        {
            await app.DisposeAsync();
            log.Dispose();
        }
    }
}
