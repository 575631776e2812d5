using System.Runtime.InteropServices;
using Marathon.Leases;
using Marathon.Telemetry;
using Marathon.Testbed.Cluster;
using Microsoft.Extensions.Logging;

namespace Marathon.Testbed.CommandLine;

/// <summary>The executable: serves a cluster until it is told to stop.</summary>
internal static class TestbedCommand
{
    private const int BadInput = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var flags = TestbedFlags.Parse(args);
            if (flags.WantsHelp)
            {
                await Console.Out.WriteLineAsync(TestbedFlags.Help);
                return 0;
            }

            await ServeAsync(flags);
            return 0;
        }
        catch (TestbedException refused)
        {
            await Console.Error.WriteLineAsync($"marathon-testbed: {refused.Message}");
            return BadInput;
        }
    }

    private static async Task ServeAsync(TestbedFlags flags)
    {
        using var logging = LoggerFactory.Create(builder => builder
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            })
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .SetMinimumLevel(flags.LogLevel));
        using var export = TelemetryExport.FromEnvironment("marathon-testbed", null, ["Marathon.Testbed"]);
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            await using var cluster = await TestbedCluster.StartAsync(flags.Options with { Logging = logging }, stop.Token);
            await Console.Out.WriteLineAsync($"bootstrap.servers={cluster.BootstrapServers}");
            await Console.Out.FlushAsync(CancellationToken.None);
            await EndAsync(flags, logging.CreateLogger("Marathon.Testbed"), stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop, perhaps before it served.
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task EndAsync(TestbedFlags flags, ILogger logger, CancellationToken stop)
    {
        if (flags.Lease is null)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, stop);
            return;
        }

        await LeaseFile.WaitForEndAsync(flags.Lease, flags.LeaseTimeout, flags.Options.Time, stop);
        var left = LeaseEnd.ToLeave(flags.LeaseTimeout);
        logger.LeaseExpired(flags.Lease, flags.LeaseTimeout, left);
        LeaseEnd.LeaveWithin(left, 0, () => logger.LeaveForced(left));
    }
}
