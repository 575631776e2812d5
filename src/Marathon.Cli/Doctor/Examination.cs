using System.Runtime.InteropServices;
using Confluent.Kafka;
using Marathon.Cli.Kafka;
using Marathon.Cli.Processes;
using Marathon.Cli.Storage;
using Marathon.Configuration;

namespace Marathon.Cli.Doctor;

/// <summary>Looks for everything that runs need, and for what some of them can use.</summary>
internal static class Examination
{
    /// <summary>librdkafka 2.15.1: older ones lack calls that the client makes.</summary>
    private const int MinimumLibrdkafka = 0x020f0100;

    /// <summary>Looks.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<Finding>> RunAsync(string data, CancellationToken cancellationToken) =>
    [
        Finding.Fine(".NET", RuntimeInformation.FrameworkDescription),
        Librdkafka(),
        DataFolder(data),
        Java(await JavaRuntime.FindAsync(cancellationToken)),
        .. KafkaHomes(),
        Program("kcat", "another Kafka client, for the tests and to look into a cluster", "Debian: apt-get install kcat; macOS: brew install kcat"),
        Program("setsid", "keeps workers and clusters out of reach of the terminal's signals", "Debian: apt-get install util-linux"),
        Program("setpriv", "ends Kafka brokers when their keeper is killed", "Debian: apt-get install util-linux"),
    ];

    private static Finding Librdkafka()
    {
        const string name = "librdkafka";
        const string remedy = "run ./marathon once with network access: it restores or builds it; or set MarathonLibrdkafka to a librdkafka.so of 2.15.1 or newer and build again";
        try
        {
            return Library.Version >= MinimumLibrdkafka
                ? Finding.Fine(name, Library.VersionString)
                : Finding.Missing(name, $"{Library.VersionString} is too old", remedy);
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException or InvalidOperationException)
        {
            return Finding.Missing(name, $"the native library does not load: {e.Message}", remedy);
        }
    }

    private static Finding DataFolder(string data)
    {
        try
        {
            DataFolderCheck check = DataFolderCheck.Run(data);
            return Finding.Fine("data folder", $"{check.Path}, {check.FreeBytes >> 20} MiB free");
        }
        catch (SpecException e)
        {
            return Finding.Missing("data folder", e.Errors[0].Problem, e.Errors[0].Remedy);
        }
    }

    private static Finding Java(JavaRuntime? java) => java switch
    {
        null => Finding.Optional("Java", "none starts; needed for --cluster kafka", JavaRuntime.Remedy),
        { Major: < JavaRuntime.MinimumMajor } => Finding.Optional("Java", $"{java.Path} is {java.Version}, too old for --cluster kafka", JavaRuntime.Remedy),
        _ => Finding.Fine("Java", $"{java.Version} ({java.Path})"),
    };

    private static IEnumerable<Finding> KafkaHomes()
    {
        const string name = "Kafka home";
        string[] homes = Environment.GetEnvironmentVariable(KafkaHome.Variable)?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (homes.Length == 0)
        {
            return [Finding.Optional(name, $"{KafkaHome.Variable} is not set; needed for --cluster kafka", "download Apache Kafka (https://kafka.apache.org/downloads), unpack it, and name its folder there or with --kafka-home")];
        }

        return homes.Select(h => KafkaHome.TryRead(h) is { } kafka
            ? Finding.Fine(name, $"{kafka.Version} ({kafka.Folder})")
            : Finding.Optional(name, $"{h} has no libs/kafka-clients-*.jar", $"correct {KafkaHome.Variable}"));
    }

    private static Finding Program(string name, string use, string remedy) => ExecutablePath.Find(name) is { } path
        ? Finding.Fine(name, path)
        : Finding.Optional(name, $"not on the PATH: {use}", remedy);
}
