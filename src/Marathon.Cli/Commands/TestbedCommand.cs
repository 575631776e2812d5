using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Marathon.Cli.Lies;
using Marathon.Cli.Processes;
using Marathon.Cli.Storage;
using Marathon.Cli.Terminal;
using Marathon.Leases;

namespace Marathon.Cli.Commands;

/// <summary><c>marathon testbed</c>: only the embedded cluster, until a signal.</summary>
internal static class TestbedCommand
{
    private static readonly TimeSpan s_leaseTimeout = TimeSpan.FromSeconds(10);

    public static Command Create(CommandConsole console)
    {
        Option<int> brokers = SharedOptions.Brokers();
        Option<string[]> lies = SharedOptions.Lies();
        Option<long> seed = new("--seed") { Description = "Seed of everything random", HelpName = "N" };
        Command command = new("testbed", "Start only the embedded cluster, print bootstrap.servers=..., stay until Ctrl-C or SIGTERM") { brokers, lies, seed };
        command.SetAction(async (parsed, _) =>
        {
            using Interrupts interrupts = new();
            string[] asked = parsed.GetValue(lies) ?? [];
            Array.ForEach(asked, lie => LiesOfSpec.Parse(lie));
            using TemporaryFolder folder = new("marathon-testbed");
            string lease = Path.Combine(folder.Path, "lease");
            LeaseFile.Touch(lease);
            ProcessStartInfo info = new(
                ExecutablePath.Beside("Marathon.Testbed"),
                [
                    "--brokers", parsed.GetValue(brokers).ToString(CultureInfo.InvariantCulture),
                    "--data", Path.Combine(folder.Path, "data"),
                    "--lease", lease,
                    "--lease-timeout", $"{s_leaseTimeout.TotalSeconds:0}s",
                    "--seed", parsed.GetValue(seed).ToString(CultureInfo.InvariantCulture),
                    .. asked.SelectMany(lie => (string[])["--lie", lie]),
                ]);
            info.Environment.TryAdd("DOTNET_EnableDiagnostics", "0");
            return await RunAsync(info, lease, interrupts.First);
        });
        return command;
    }

    // The testbed has our terminal, stdout and stderr; the lease ends it if we are killed.
    private static async Task<int> RunAsync(ProcessStartInfo info, string lease, CancellationToken interrupted)
    {
        using Process testbed = Process.Start(info)!;
        ProcessIdentity? identity = ProcessIdentity.Of(testbed.Id);
        Task ended = testbed.WaitForExitAsync(CancellationToken.None);
        while (!ended.IsCompleted && !interrupted.IsCancellationRequested)
        {
            LeaseFile.Touch(lease);
            await Task.WhenAny(ended, Task.Delay(TimeSpan.FromSeconds(1), interrupted));
        }

        if (identity is not null)
        {
            await identity.TerminateAsync(TimeSpan.FromSeconds(10), CancellationToken.None);
        }

        await ended;
        return (int)(interrupted.IsCancellationRequested ? ExitCode.Pass : ExitCode.HarnessFault);
    }
}
