using System.Reflection;
using System.Runtime;
using Marathon.Telemetry;
using Marathon.Worker.Evidence;
using Marathon.Worker.Logging;
using Marathon.Worker.Reporting;
using Marathon.Worker.Telemetry;

namespace Marathon.Worker.Lifetime;

/// <summary>The worker's process, from its start to its exit code.</summary>
public static class WorkerProcess
{
    private static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(5);

    /// <summary>Runs until the worker ends.</summary>
    /// <returns>The exit code: see <see cref="WorkerEnd"/>.</returns>
    public static async Task<int> RunAsync(WorkerArguments arguments)
    {
        GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency;
        using var log = new RunLogProvider(arguments.LogFile, TimeProvider.System);
        using var propagation = WorkerTelemetry.Propagate();
        using var export = TelemetryExport.FromEnvironment(
            "marathon-worker", $"{arguments.Worker}-{arguments.Epoch}", [WorkerTelemetry.Name], new KeyValuePair<string, object>("marathon.run.id", arguments.Run));
        await using var app = WorkerHost.Build(arguments, log);
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Worker");
        using var crashes = new CrashLog(logger);
        try
        {
            logger.Started(Environment.ProcessId, Version, arguments);
            var end = await LiveAsync(app, logger);
            logger.Ended((int)end);
            return (int)end;
        }
        catch (Exception crash)
        {
            logger.Crashed(crash);
            await Console.Error.WriteLineAsync($"Marathon.Worker: {crash}");
            return (int)WorkerEnd.Crashed;
        }
    }

    private static string Version => typeof(WorkerProcess).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    private static async Task<WorkerEnd> LiveAsync(WebApplication app, ILogger logger)
    {
        var services = app.Services;
        var session = services.GetRequiredService<WorkerSession>();
        var events = services.GetRequiredService<EventQueue>();
        using var signals = new ProcessSignals(session, logger);
        services.GetRequiredService<WorkerMeter>();
        using var stop = new CancellationTokenSource();
        await app.StartAsync();
        var tasks = new List<Task>();
        if (await services.GetRequiredService<Registrar>().RegisterAsync(WorkerHost.NodeOf(app), session))
        {
            var heartbeats = services.GetRequiredService<HeartbeatLoop>();
            session.LastWords = () => heartbeats.LastAsync(s_lastWords);
            tasks.Add(Guard(heartbeats.RunAsync(stop.Token), session));
            tasks.Add(Guard(services.GetRequiredService<CheckpointStore>().RunAsync(session, stop.Token), session));
        }

        var telling = Guard(events.RunAsync(stop.Token), session);
        var end = await session.Ended;
        await PartAsync(end, session, events, telling, logger);
        await stop.CancelAsync();
        await Task.WhenAll([telling, .. tasks]);
        await app.StopAsync(new CancellationTokenSource(s_lastWords).Token);
        return end;
    }

    /// <summary>A replaced worker goes at once; one that is told to, or has lost its controller, hands over what it can.</summary>
    private static async Task PartAsync(WorkerEnd end, WorkerSession session, EventQueue events, Task telling, ILogger logger)
    {
        try
        {
            await session.HandOverAsync(end == WorkerEnd.Replaced ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(10));
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            logger.HandOverFailed(failure);
        }

        events.Complete();
        if (end == WorkerEnd.Done)
            await Task.WhenAny(telling, Task.Delay(s_lastWords));
    }

    /// <summary>None of the loops may die unseen: the worker would live on deaf or without evidence.</summary>
    private static async Task Guard(Task loop, WorkerSession session)
    {
        try
        {
            await loop;
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception failure)
        {
            session.End(WorkerEnd.Crashed, failure.ToString());
        }
    }
}
