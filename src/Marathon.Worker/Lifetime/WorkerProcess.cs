using System.Reflection;
using System.Runtime;
using Marathon.Telemetry;
using Marathon.Worker.Logging;
using Marathon.Worker.Reporting;
using Marathon.Worker.Telemetry;

namespace Marathon.Worker.Lifetime;

/// <summary>The worker's process, from its start to its exit code.</summary>
public static class WorkerProcess
{
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
            using var signals = new ProcessSignals(app.Services.GetRequiredService<WorkerSession>(), logger);
            _ = EndWithLeaseAsync(app.Services.GetRequiredService<LeaseWatch>(), logger);
            var end = await WorkerLifetime.LiveAsync(app, logger);
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

    /// <summary>Whatever still keeps the process, it does not outlive its lease.</summary>
    private static async Task EndWithLeaseAsync(LeaseWatch watch, ILogger logger)
    {
        await watch.OverAsync();
        logger.LeaveForced();
        Environment.Exit((int)WorkerEnd.LeaseOver);
    }

    private static string Version => typeof(WorkerProcess).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
}
