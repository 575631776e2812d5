using System.Text.RegularExpressions;

namespace Marathon.Tests.Architecture;

public sealed partial class SourceTests
{
    private const int LongestFile = 250;

    private static readonly string[] Text =
        [.. Repository.Files.Where(f => Path.GetExtension(f) is not (".png" or ".ico" or ".woff2" or ".zip" or ".gz" or ".dll" or ".so" or ".db" or ".bin"))];

    [Fact]
    public void SourceFiles_AreShort() => Assert.Empty(
        from file in Repository.Files
        where file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)
        let lines = Repository.Read(file).Count(c => c == '\n')
        where lines > LongestFile
        select $"{file} has {lines} lines");

    [Fact]
    public void Files_NameNoPlaceOnOneMachine() => Assert.Empty(Mentions(MachinePath()));

    [Fact]
    public void Files_NameNoPackageRegistry() => Assert.Empty(Mentions(Registry()));

    [Fact]
    public void Files_ConfigureNoPackageRegistry() => Assert.DoesNotContain(
        Repository.Files, f => Path.GetFileName(f).ToLowerInvariant() is "nuget.config" or ".npmrc" or ".yarnrc" or "pip.conf");

    [Fact]
    public void Files_EndLinesAsOnLinux() => Assert.DoesNotContain(Text, f => Repository.Read(f).Contains('\r', StringComparison.Ordinal));

    [Theory]
    [InlineData("path: /work" + "/shared", true)]
    [InlineData("cd /root" + "/x", true)]
    [InlineData("C:\\Users" + "\\me", true)]
    [InlineData("/home" + "/me/src", true)]
    [InlineData("/home/site/wwwroot", false)]
    [InlineData("https://example.org/work/", false)]
    [InlineData("api/runs/{id}/workers", false)]
    public void MachinePath_KnowsOneWhenItSeesIt(string text, bool isOne) => Assert.Equal(isOne, MachinePath().IsMatch(text));

    [Theory]
    [InlineData("https://api.nuget" + ".org/v3/index.json", true)]
    [InlineData("https://registry.npmjs" + ".org/uplot", true)]
    [InlineData("http://mirror.example/artifactory" + "/nuget", true)]
    [InlineData("https://www.nuget.org/packages/Confluent.Kafka", false)]
    [InlineData("https://dot.net/download", false)]
    public void Registry_KnowsOneWhenItSeesIt(string text, bool isOne) => Assert.Equal(isOne, Registry().IsMatch(text));

    private static IEnumerable<string> Mentions(Regex pattern) =>
        from file in Text
        from line in Repository.Read(file).Split('\n').Index()
        let match = pattern.Match(line.Item)
        where match.Success
        select $"{file}:{line.Index + 1}: {match.Value}";

    // Not after a letter, a dot or a bracket: then it is part of a URL or of a relative path.
    [GeneratedRegex(@"(?<![\w.:/)}\]-])/(work|root|Users|mnt|home/(?!site\b|runner\b)\w+)/|[A-Za-z]:\\Users\\")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"https?://[^\s""'<>)]*(api\.nuget\.|registry\.npmjs\.|pypi\.org/simple|/artifactory/|pkgs\.dev\.azure\.com|/v3/index\.json)", RegexOptions.IgnoreCase)]
    private static partial Regex Registry();
}
