using System.Globalization;
using Marathon.Testbed.Cluster;
using Microsoft.Extensions.Logging;

namespace Marathon.Testbed.CommandLine;

/// <summary>The executable's flags.</summary>
internal sealed record TestbedFlags(TestbedOptions Options)
{
    public const string Help =
        """
        Marathon.Testbed: a Kafka-protocol cluster in one process, on loopback ports.

          --brokers N              brokers (default 3)
          --port P                 first broker's port, the next ones follow (default: any free ones)
          --data DIR               folder for segment files and testbed.json (default: a temporary one)
          --memory MIB             memory of all logs together, more goes to files (default 1024)
          --partitions N           num.partitions of topics created without a count (default 1)
          --min-insync N           min.insync.replicas of topics that do not say
          --unclean                unclean.leader.election.enable of topics that do not say
          --seed N                 seed of every random choice
          --verbose                log more, to stderr

        Prints bootstrap.servers=HOST:PORT,... once it serves, and stays until SIGINT or SIGTERM.
        """;

    public bool WantsHelp { get; private init; }

    public LogLevel LogLevel { get; private init; } = LogLevel.Information;

    /// <exception cref="TestbedException">A flag is unknown, or its value is.</exception>
    public static TestbedFlags Parse(IReadOnlyList<string> args)
    {
        var flags = new TestbedFlags(new TestbedOptions());
        for (var i = 0; i < args.Count; i++)
        {
            var options = flags.Options;
            flags = args[i] switch
            {
                "--help" or "-h" => flags with { WantsHelp = true },
                "--verbose" => flags with { LogLevel = LogLevel.Debug },
                "--unclean" => flags with { Options = options with { UncleanLeaderElection = true } },
                "--brokers" => flags with { Options = options with { Brokers = Number(args, ref i, 1, 100) } },
                "--port" => flags with { Options = options with { Port = Number(args, ref i, 0, 65535) } },
                "--data" => flags with { Options = options with { DataFolder = Value(args, ref i) } },
                "--memory" => flags with { Options = options with { MaxLogMemoryBytes = (long)Number(args, ref i, 1, 1 << 20) << 20 } },
                "--partitions" => flags with { Options = options with { DefaultPartitions = Number(args, ref i, 1, 10_000) } },
                "--min-insync" => flags with { Options = options with { MinInsyncReplicas = Number(args, ref i, 1, 100) } },
                "--seed" => flags with { Options = options with { Seed = Number(args, ref i, int.MinValue, int.MaxValue) } },
                var unknown => throw new TestbedException($"unknown flag {unknown}; --help lists them"),
            };
        }

        return flags;
    }

    private static string Value(IReadOnlyList<string> args, ref int i)
    {
        var flag = args[i];
        return ++i < args.Count ? args[i] : throw new TestbedException($"{flag} needs a value");
    }

    private static int Number(IReadOnlyList<string> args, ref int i, int least, int most)
    {
        var flag = args[i];
        var text = Value(args, ref i);
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new TestbedException($"{flag} {text}: a whole number from {least} to {most} is needed");
    }
}
