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
          --lie KIND[:rate=R|every=2s][,max=N]
                                   tell a lie, as often as that; may be given again for another kind
          --lease FILE             be gone when nobody touches the file for the lease time-out
          --lease-timeout 60s      how long that is
          --session-timeout 4s     a broker that is silent for longer loses its leaderships
          --replica-lag 10s        replica.lag.time.max.ms
          --control-port P         port of the control API (default: any free one)
          --verbose                log more, to stderr

        Prints bootstrap.servers=HOST:PORT,... once it serves, and stays until SIGINT or SIGTERM.
        """;

    public bool WantsHelp { get; private init; }

    public string? Lease { get; private init; }

    public TimeSpan LeaseTimeout { get; private init; } = TimeSpan.FromSeconds(60);

    public LogLevel LogLevel { get; private init; } = LogLevel.Information;

    /// <exception cref="TestbedException">A flag is unknown, or its value is.</exception>
    public static TestbedFlags Parse(IReadOnlyList<string> args)
    {
        var flags = new TestbedFlags(new TestbedOptions { WithControlApi = true });
        for (var i = 0; i < args.Count; i++)
        {
            var options = flags.Options;
            flags = args[i] switch
            {
                "--help" or "-h" => flags with { WantsHelp = true },
                "--verbose" => flags with { LogLevel = LogLevel.Debug },
                "--unclean" => flags with { Options = options with { UncleanLeaderElection = true } },
                "--brokers" => flags with { Options = options with { Brokers = (int)Number(args, ref i, 1, 100) } },
                "--port" => flags with { Options = options with { Port = (int)Number(args, ref i, 0, 65535) } },
                "--data" => flags with { Options = options with { DataFolder = Value(args, ref i) } },
                "--memory" => flags with { Options = options with { MaxLogMemoryBytes = Number(args, ref i, 1, 1 << 20) << 20 } },
                "--partitions" => flags with { Options = options with { DefaultPartitions = (int)Number(args, ref i, 1, 10_000) } },
                "--min-insync" => flags with { Options = options with { MinInsyncReplicas = (int)Number(args, ref i, 1, 100) } },
                "--seed" => flags with { Options = options with { Seed = Number(args, ref i, long.MinValue, long.MaxValue) } },
                "--lie" => flags with { Options = options with { Lies = [.. options.Lies, Value(args, ref i)] } },
                "--lease" => flags with { Lease = Value(args, ref i) },
                "--lease-timeout" => flags with { LeaseTimeout = Duration(args, ref i) },
                "--session-timeout" => flags with { Options = options with { BrokerSessionTimeout = Duration(args, ref i) } },
                "--replica-lag" => flags with { Options = options with { ReplicaLagTimeMax = Duration(args, ref i) } },
                "--control-port" => flags with { Options = options with { ControlPort = (int)Number(args, ref i, 0, 65535) } },
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

    private static long Number(IReadOnlyList<string> args, ref int i, long least, long most)
    {
        var flag = args[i];
        var text = Value(args, ref i);
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new TestbedException($"{flag} {text}: a whole number from {least} to {most} is needed");
    }

    private static TimeSpan Duration(IReadOnlyList<string> args, ref int i)
    {
        var flag = args[i];
        var text = Value(args, ref i);
        return ParseDuration(text) is { } duration && duration > TimeSpan.Zero
            ? duration
            : throw new TestbedException($"{flag} {text}: a duration such as 500ms, 60s or 5m is needed");
    }

    private static TimeSpan? ParseDuration(string text)
    {
        (string Unit, double Seconds)[] units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("", 1)];
        var (unit, seconds) = units.First(each => text.EndsWith(each.Unit, StringComparison.Ordinal));
        return double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * seconds <= TimeSpan.FromDays(365).TotalSeconds
            ? TimeSpan.FromSeconds(number * seconds)
            : null;
    }
}
