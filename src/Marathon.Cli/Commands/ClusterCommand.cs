using System.CommandLine;
using Marathon.Cli.Kafka;
using Marathon.Cli.Keeper;
using Marathon.Cli.Storage;
using Marathon.Cli.Terminal;

namespace Marathon.Cli.Commands;

/// <summary><c>marathon cluster up</c>: a real local Kafka until a signal.</summary>
internal static class ClusterCommand
{
    public static Command Create(CommandConsole console)
    {
        Option<string?> home = SharedOptions.KafkaHome();
        Option<int> brokers = SharedOptions.Ranged("--brokers", "Number of brokers", 3, 1, 9);
        Command up = new("up", "Start a real Apache Kafka (KRaft), print bootstrap.servers=..., stay until Ctrl-C or SIGTERM") { home, brokers };
        up.SetAction(async (parsed, _) =>
        {
            using Interrupts interrupts = new();
            KafkaHome kafka = KafkaHome.Find(parsed.GetValue(home));
            using TemporaryFolder folder = new("marathon-kafka");
            KeeperOptions options = new(folder.Path, folder.Path, kafka.Folder, parsed.GetValue(brokers), Lease: null, LeaseTimeout: default);
            await console.Error.WriteLineAsync($"starting Kafka {kafka.Version}, {options.Brokers} brokers, in {folder.Path}");
            await new KafkaKeeper(options, console.Error).RunAsync(console.ServesAt, interrupts.First);
            return (int)ExitCode.Pass;
        });
        return new Command("cluster", "Work with local clusters") { up };
    }
}
