using System.Text.RegularExpressions;

namespace Marathon.Azure.Tests.Infra;

/// <summary>As much of a Bicep file as the tests need: parameters, outputs, modules and what is passed to them.</summary>
internal sealed partial class BicepFile(string path)
{
    public string Path => path;

    public string Text { get; } = File.ReadAllText(path);

    public IReadOnlyList<BicepParameter> Parameters => [.. ParameterLine().Matches(Text).Select(match => new BicepParameter(
        match.Groups["name"].Value, HasDefault: match.Groups["default"].Success, Decorators(match.Index)))];

    public IReadOnlyList<(string Name, bool IsDescribed)> Outputs =>
        [.. OutputLine().Matches(Text).Select(match => (match.Groups[1].Value, Decorators(match.Index).Contains("@description(", StringComparison.Ordinal)))];

    /// <summary>Path of each module, and the parameters that it is given.</summary>
    public IReadOnlyList<(string Path, IReadOnlyList<string> Given)> Modules => [.. ModuleLine().Matches(Text).Select(match =>
        (match.Groups[1].Value, Keys(Text.IndexOf("params: {", match.Index, StringComparison.Ordinal))))];

    /// <summary>What stands above a declaration: its decorators.</summary>
    private string Decorators(int index)
    {
        int blank = Text.LastIndexOf("\n\n", index, StringComparison.Ordinal);
        return Text[(blank < 0 ? 0 : blank)..index];
    }

    /// <summary>The keys of an object, but not those of the objects in it.</summary>
    private List<string> Keys(int start)
    {
        List<string> keys = [];
        int depth = 0;
        foreach (string line in Text[start..].Split('\n'))
        {
            if (depth == 1 && Key().Match(line) is { Success: true } key) keys.Add(key.Groups[1].Value);
            string code = Interpolation().Replace(line, "");
            depth += code.Count(c => c is '{' or '[' or '(') - code.Count(c => c is '}' or ']' or ')');
            if (depth <= 0) break;
        }
        return keys;
    }

    [GeneratedRegex(@"^param (?<name>\w+) [^=\n]+(?<default>=)?", RegexOptions.Multiline)]
    private static partial Regex ParameterLine();

    [GeneratedRegex(@"^output (\w+) ", RegexOptions.Multiline)]
    private static partial Regex OutputLine();

    [GeneratedRegex(@"^module \w+ '([^']+)'", RegexOptions.Multiline)]
    private static partial Regex ModuleLine();

    [GeneratedRegex(@"^\s+(\w+):")]
    private static partial Regex Key();

    [GeneratedRegex(@"\$\{[^}]*\}")]
    private static partial Regex Interpolation();
}
