using System.CommandLine;
using Marathon.Cli.Keeper;
using Marathon.Cli.Terminal;

namespace Marathon.Cli.Commands;

/// <summary><c>Marathon.Cli keeper</c>: the process that owns the brokers of a run's local Kafka. Started by the controller, not by people.</summary>
internal static class KeeperCommand
{
    public static Command Create(CommandConsole console)
    {
        Option<string> folder = new("--folder") { Required = true };
        Option<string> logs = new("--logs") { Required = true };
        Option<string> home = new("--kafka-home") { Required = true };
        Option<string> lease = new("--lease") { Required = true };
        Option<int> brokers = SharedOptions.Brokers();
        Option<TimeSpan> timeout = SharedOptions.Duration("--lease-timeout", "How long it lives without a touch of the lease", TimeSpan.FromSeconds(60));
        Command command = new("keeper", "Own the brokers of a local Kafka") { folder, logs, home, lease, brokers, timeout };
        command.Hidden = true;
        command.SetAction(async (parsed, _) =>
        {
            using Interrupts interrupts = new();
            KeeperOptions options = new(
                parsed.GetRequiredValue(folder),
                parsed.GetRequiredValue(logs),
                parsed.GetRequiredValue(home),
                parsed.GetRequiredValue(brokers),
                parsed.GetRequiredValue(lease),
                parsed.GetRequiredValue(timeout));
            await new KafkaKeeper(options, console.Out).RunAsync(console.ServesAt, interrupts.First);
            return (int)ExitCode.Pass;
        });
        return command;
    }
}
