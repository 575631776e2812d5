namespace Marathon.Cli.Processes;

/// <summary>Where programs are.</summary>
internal static class ExecutablePath
{
    /// <summary>The program on the PATH; null when it is not there.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    /// <summary>An executable that was built beside this one.</summary>
    public static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, name);
}
