using System.CommandLine;

namespace Marathon.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class SharedOptions
{
    /// <summary>The data folder.</summary>
    public static Option<string> Data() => new("--data")
    {
        Description = "Data folder: everything of this machine's runs; deleting it forgets them",
        HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".marathon"),
    };

    /// <summary>A controller elsewhere.</summary>
    public static Option<Uri?> Controller() => new("--controller")
    {
        Description = "Controller to talk to, with the key in MARATHON_CONTROLLER_KEY; else the living owner of --data",
        HelpName = "URL",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
            {
                result.AddError($"--controller: '{text}' is no http or https address; give one such as http://127.0.0.1:7071");
                return null;
            }

            if (uri is { Scheme: "http", IsLoopback: false })
            {
                result.AddError($"--controller: '{text}' is plain http to another machine, and would tell the operators' key to everybody between; give its https address");
                return null;
            }

            return uri;
        },
    };

    /// <summary>Number of brokers of a cluster that is made here.</summary>
    public static Option<int> Brokers() => Ranged("--brokers", "Number of brokers", 3, 1, 100);

    /// <summary>Lies for the testbed.</summary>
    public static Option<string[]> Lies() => new("--lie")
    {
        Description = "Lie that the testbed is to tell: an anomaly kind, with options such as duplicate:rate=0.001",
        HelpName = "KIND[:k=v,...]",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        DefaultValueFactory = _ => [],
    };

    /// <summary>Kafka's jars.</summary>
    public static Option<string?> KafkaHome() => new("--kafka-home")
    {
        Description = "Folder of an Apache Kafka distribution (libs/*.jar); else the first of MARATHON_KAFKA_HOMES",
        HelpName = "DIR",
    };

    /// <summary>How long what a controller started lives without it.</summary>
    public static Option<TimeSpan> Lease() =>
        Duration("--lease", "How long workers and clusters live without a living controller", Workers.WorkerProtocol.DefaultLease);

    /// <summary>The run to talk about.</summary>
    public static Argument<string> Run() => new("run") { Description = "Id of the run, see: marathon list", HelpName = "RUN" };

    /// <summary>A whole number within bounds.</summary>
    public static Option<int> Ranged(string name, string description, int standard, int minimum, int maximum)
    {
        Option<int> option = new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => standard,
            CustomParser = result =>
            {
                if (int.TryParse(result.Tokens[0].Value, out int number) && number >= minimum && number <= maximum)
                {
                    return number;
                }

                result.AddError($"{name}: '{result.Tokens[0].Value}' is no whole number from {minimum} to {maximum}; the default is {standard}");
                return standard;
            },
        };
        return option;
    }

    /// <summary>A duration with its unit.</summary>
    public static Option<TimeSpan> Duration(string name, string description, TimeSpan standard) => new(name)
    {
        Description = description,
        HelpName = "60s",
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
        {
            if (Configuration.QuantityText.TryParseDuration(result.Tokens[0].Value, out TimeSpan duration) && duration > TimeSpan.Zero)
            {
                return duration;
            }

            result.AddError($"{name}: '{result.Tokens[0].Value}' is no duration; write 60s, 5m or 2h");
            return standard;
        },
    };
}
