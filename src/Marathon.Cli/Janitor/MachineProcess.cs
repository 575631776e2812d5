using System.Globalization;
using System.Text;
using Marathon.Cli.Processes;

namespace Marathon.Cli.Janitor;

/// <summary>A living process of this machine that works for a run of the data folder, by what its command line says.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Run">The run.</param>
/// <param name="Process">The process.</param>
internal sealed record MachineProcess(string Name, string Run, ProcessIdentity Process)
{
    private static readonly string[] s_javaPrograms = ["kafka.Kafka", "kafka.tools.StorageTool"];

    /// <summary>All of them. Where there is no /proc, none.</summary>
    /// <param name="data">The data folder, absolute.</param>
    public static IReadOnlyList<MachineProcess> Of(string data) =>
        !Directory.Exists("/proc") ? [] :
        [
            .. Directory.EnumerateDirectories("/proc")
                .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int pid) ? ProcessIdentity.Of(pid) : null)
                .OfType<ProcessIdentity>()
                .Select(process => Parse(data, CommandLine(process.Pid)) is { } found ? new MachineProcess(found.Name, found.Run, process) : null)
                .OfType<MachineProcess>(),
        ];

    /// <summary>What a command line stands for; null when it is not one of ours for this data folder.</summary>
    internal static (string Name, string Run)? Parse(string data, IReadOnlyList<string> words)
    {
        // An app that is started by dotnet has the name of its assembly in the second place.
        string program = words.Count == 0 ? "" : Path.GetFileName(words[0]);
        program = program == "dotnet" && words.Count > 1 ? Path.GetFileNameWithoutExtension(words[1]) : program;
        return program switch
        {
            "Marathon.Worker" when After(words, "--data") == data && After(words, "--run") is { } run => ($"worker {After(words, "--worker")}", run),
            "Marathon.Testbed" when RunOf(data, After(words, "--data")) is { } run => ("testbed", run),
            "Marathon.Cli" when words.Contains("keeper") && RunOf(data, After(words, "--folder")) is { } run => ("keeper of a Kafka cluster", run),
            "java" when words.Any(s_javaPrograms.Contains) && RunOf(data, words[^1]) is { } run => ("Kafka broker", run),
            _ => null,
        };
    }

    private static string? After(IReadOnlyList<string> words, string option) =>
        Enumerable.Range(0, words.Count - 1).Where(i => words[i] == option).Select(i => words[i + 1]).FirstOrDefault();

    // Of a path below runs/<id>/cluster of the data folder.
    private static string? RunOf(string data, string? path)
    {
        string runs = Path.Combine(data, "runs") + Path.DirectorySeparatorChar;
        string[] parts = path is not null && path.StartsWith(runs, StringComparison.Ordinal) ? path[runs.Length..].Split(Path.DirectorySeparatorChar) : [];
        return parts is [{ Length: > 0 } run, "cluster", ..] ? run : null;
    }

    private static string[] CommandLine(int pid)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/cmdline"))).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended, or is another user's.
            return [];
        }
    }
}
