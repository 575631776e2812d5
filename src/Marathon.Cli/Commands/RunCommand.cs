using System.CommandLine;
using Marathon.Cli.Owner;
using Marathon.Cli.Running;
using Marathon.Cli.Storage;
using Marathon.Cli.Terminal;

namespace Marathon.Cli.Commands;

/// <summary><c>marathon run</c>.</summary>
internal static class RunCommand
{
    private const string Examples = """
        Run a scenario, check every record, print a verdict

        Examples:
          marathon run tail-read
          marathon run tail-read --duration 2m --set ratePerSecond=max --set partitions=48
          marathon run tail-read --cluster broker1:9092,broker2:9092 --report out
          marathon run tail-read --cluster kafka --kafka-home ~/kafka_2.13-4.0.0
          marathon run tail-read --lie duplicate:rate=0.001
          marathon run nightly.yaml --json > report.json
          marathon run --attach tail-read-20260102-030405-1a2b

        Exit codes: 0 pass, 1 violation, 2 bad input, 3 slo-miss, 4 indeterminate, 5 harness-fault, 130 interrupted
        """;

    public static Command Create(CommandConsole console)
    {
        RunFlags flags = new();
        Option<string> data = SharedOptions.Data();
        Option<TimeSpan> lease = SharedOptions.Lease();
        Command command = new("run", Examples) { flags.What };
        foreach (Option option in flags.Options)
        {
            command.Add(option);
        }

        command.Add(data);
        command.Add(lease);
        command.SetAction(async (parsed, _) =>
        {
            RunOrder order = flags.Read(parsed);
            OwnerOptions owner = new(DataFolderCheck.Run(parsed.GetRequiredValue(data)).Path, Port: null, parsed.GetRequiredValue(lease));
            using Interrupts interrupts = new();
            return (int)await new RunSession(order, owner, console, interrupts).RunAsync();
        });
        return command;
    }
}
