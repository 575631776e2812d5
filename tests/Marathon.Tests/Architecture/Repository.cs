using System.Xml.Linq;

namespace Marathon.Tests.Architecture;

/// <summary>The files of the repository that these tests are part of.</summary>
internal static class Repository
{
    private static readonly string[] Generated = ["artifacts", ".git", "bin", "obj", ".vs", ".idea", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts"];

    public static string Root { get; } = FindRoot();

    /// <summary>Every file that is kept, by its path from the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. FilesBelow(Root).Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<Project> Projects { get; } = [.. Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal)).Select(Project.Read)];

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static XElement ReadXml(string file) => XElement.Parse(Read(file));

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside the repository");
    }

    // In a linked worktree .git is a file.
    private static IEnumerable<string> FilesBelow(string folder) => Directory.EnumerateFiles(folder)
        .Where(f => Path.GetFileName(f) != ".git")
        .Concat(Directory.EnumerateDirectories(folder).Where(d => !Generated.Contains(Path.GetFileName(d))).SelectMany(FilesBelow));
}
