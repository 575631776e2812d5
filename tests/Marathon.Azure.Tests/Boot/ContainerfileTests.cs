using System.IO.Enumeration;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Marathon.Azure.Tests.Infra;

namespace Marathon.Azure.Tests.Boot;

/// <summary>No engine builds the image here: what its recipe says is held to what it promises.</summary>
public sealed partial class ContainerfileTests
{
    private static readonly string s_root = Repository.Root;
    private static readonly string[] s_instructions = Instructions(Path.Combine(s_root, "src/Marathon.Worker/Containerfile"));
    private static readonly int s_last = Array.FindLastIndex(s_instructions, instruction => instruction.StartsWith("FROM ", StringComparison.Ordinal));

    private static string[] Final => s_instructions[s_last..];

    [Fact]
    public void It_is_built_with_the_sdk_and_runs_without_it()
    {
        string[] stages = [.. s_instructions.Where(instruction => instruction.StartsWith("FROM ", StringComparison.Ordinal))];
        Assert.Equal(2, stages.Length);
        Assert.Matches(@"^FROM mcr\.microsoft\.com/dotnet/sdk:10\.0\S* AS build$", stages[0]);
        Assert.Matches(@"^FROM mcr\.microsoft\.com/dotnet/aspnet:10\.0-\S*chiseled$", stages[1]);
        Assert.DoesNotContain(Final, instruction => instruction.StartsWith("RUN ", StringComparison.Ordinal));
    }

    [Fact]
    public void It_runs_as_a_user_that_is_not_root_and_writes_to_its_volume_alone()
    {
        string user = Assert.Single(Final, instruction => instruction.StartsWith("USER ", StringComparison.Ordinal))["USER ".Length..];
        Assert.Matches("^[1-9][0-9]*:[1-9][0-9]*$", user);
        Assert.Contains($"COPY --from=build --chown={user} /data /data", Final);
        Assert.Contains("VOLUME /data", Final);
        Assert.DoesNotContain(Final, instruction => instruction.Contains("--chown", StringComparison.Ordinal) && !instruction.EndsWith(" /data", StringComparison.Ordinal));
    }

    [Fact]
    public void It_carries_its_version_and_is_asked_how_it_is()
    {
        Assert.Contains(Final, instruction => instruction.StartsWith("ARG VERSION", StringComparison.Ordinal));
        Assert.Contains(Final, instruction => instruction.StartsWith("LABEL ", StringComparison.Ordinal) && instruction.Contains("org.opencontainers.image.version=\"$VERSION\"", StringComparison.Ordinal));
        Assert.Contains(Final, instruction => instruction.StartsWith("HEALTHCHECK ", StringComparison.Ordinal) && instruction.EndsWith("CMD [\"/app/Marathon.Worker\", \"--health\"]", StringComparison.Ordinal));
        Assert.Equal("ENTRYPOINT [\"/app/Marathon.Worker\"]", Final[^1]);
    }

    [Fact]
    public void All_that_the_worker_is_built_from_is_copied_and_let_through()
    {
        string[] copied = [.. s_instructions[..s_last].Where(instruction => instruction.StartsWith("COPY ", StringComparison.Ordinal)).SelectMany(instruction => instruction.Split(' ')[1..^1])];
        string[] ignore = File.ReadAllLines(Path.Combine(s_root, "src/Marathon.Worker/Containerfile.dockerignore"));
        string[] folders = [.. Projects("src/Marathon.Worker/Marathon.Worker.csproj").Select(project => Path.GetDirectoryName(project)! + "/"), "src/Telemetry/"];
        string[] files =
        [
            ".editorconfig", "global.json", .. Directory.EnumerateFiles(s_root, "Directory.*").Select(file => Path.GetFileName(file)),
            .. folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(s_root, folder), "*.csproj")).Concat(Directory.EnumerateFiles(s_root, "Directory.*"))
                .SelectMany(project => Imports().Matches(File.ReadAllText(project))).Select(import => "eng/" + import.Groups[1].Value).Distinct(),
        ];
        Assert.True(folders.Length >= 4, string.Join(", ", folders));
        Assert.Contains("eng/Kafka.props", files);
        Assert.All(folders.Concat(files), path =>
        {
            Assert.Contains(copied, pattern => FileSystemName.MatchesSimpleExpression(pattern, path));
            Assert.Contains(ignore, pattern => pattern.StartsWith('!') && FileSystemName.MatchesSimpleExpression(pattern.AsSpan(1), path.TrimEnd('/')));
        });
    }

    /// <summary>A project and all that it refers to, by their paths in the repository.</summary>
    private static IEnumerable<string> Projects(string project) =>
        XDocument.Load(Path.Combine(s_root, project)).Descendants("ProjectReference")
            .Select(reference => reference.Attribute("Include")!.Value.Replace("$(RepoFolder)", "", StringComparison.Ordinal))
            .SelectMany(Projects).Append(project).Distinct();

    private static string[] Instructions(string file) =>
        [.. string.Join('\n', File.ReadLines(file).Where(line => !line.StartsWith('#'))).Replace("\\\n", " ", StringComparison.Ordinal)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    [GeneratedRegex(@"(?:EngFolder\)|Directory\)eng/)([A-Za-z]+\.[a-z]+)")]
    private static partial Regex Imports();
}
