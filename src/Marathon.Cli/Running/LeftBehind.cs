using Marathon.Cli.Processes;
using Marathon.Cli.Storage;

namespace Marathon.Cli.Running;

/// <summary>Processes of a run that go on without us.</summary>
internal static class LeftBehind
{
    /// <summary>Each with its name and pid.</summary>
    public static IReadOnlyList<string> Of(RunFolder run)
    {
        string[] files =
        [
            run.ClusterPid,
            .. Directory.Exists(run.Cluster) ? Directory.EnumerateFiles(run.Cluster, "?.pid") : [],
            .. Directory.Exists(run.Workers) ? Directory.EnumerateFiles(run.Workers, "*.pid") : [],
        ];
        return [.. files.Select(f => (Name: Name(run, f), Process: PidFile.TryRead(f))).Where(p => p.Process is { IsAlive: true }).Select(p => $"{p.Name} (pid {p.Process!.Pid})")];
    }

    /// <summary>Says what is left, and what to do about it.</summary>
    /// <param name="left">At least one.</param>
    /// <param name="lease">How long it lives on alone.</param>
    /// <param name="goOn">The command that takes it up again.</param>
    public static string Describe(IReadOnlyList<string> left, TimeSpan lease, string goOn) =>
        $"left behind: {string.Join(", ", left)}; they end by themselves within {lease.TotalSeconds:0} s unless a controller comes back: {goOn}";

    private static string Name(RunFolder run, string file) =>
        file == run.ClusterPid ? "cluster"
        : Path.GetDirectoryName(file) == run.Cluster ? $"broker {Path.GetFileNameWithoutExtension(file)}"
        : $"worker {Path.GetFileNameWithoutExtension(file)}";
}
