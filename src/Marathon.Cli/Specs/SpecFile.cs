using Marathon.Configuration;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Marathon.Cli.Specs;

/// <summary>Reads spec files: YAML or JSON, one run or a list of them.</summary>
public static class SpecFile
{
    private const long MaximumBytes = 1 << 20;

    /// <summary>True for what <c>run</c> takes for a file and not for a scenario's name.</summary>
    public static bool IsPath(string text) =>
        text.Contains(Path.DirectorySeparatorChar) || Path.GetExtension(text) is ".yaml" or ".yml" or ".json" || File.Exists(text);

    /// <summary>The runs it asks for, in order; their configuration is not checked yet.</summary>
    /// <exception cref="SpecException">The file cannot be read, or is no spec; with the line.</exception>
    public static IReadOnlyList<SpecEntry> Read(string path)
    {
        string text = ReadText(path);
        try
        {
            YamlStream yaml = [];
            yaml.Load(new StringReader(text));
            YamlNode[] runs = [.. yaml.Documents.SelectMany(d => d.RootNode is YamlSequenceNode list ? list.Children : [d.RootNode])];
            return runs.Length > 0 ? [.. runs.Select(r => new SpecNode(path, r).ToEntry())] : throw Wrong(path, "asks for no run", 1);
        }
        catch (YamlException e)
        {
            throw Wrong($"{path}:{e.Start.Line}", $"is no valid YAML: {Reason(e)}", e.Start.Line);
        }
    }

    private static string ReadText(string path)
    {
        try
        {
            FileInfo file = new(path);
            return file.Length <= MaximumBytes
                ? File.ReadAllText(path)
                : throw new SpecException(path, $"has {file.Length} bytes, more than any spec needs", "give a YAML or JSON file of a run, see: marathon run --help");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SpecException(path, e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message, "give the path of a YAML or JSON file");
        }
    }

    private static SpecException Wrong(string field, string problem, long line) =>
        new(field, problem, line > 0 ? "correct that line; a spec looks like {scenario: tail-read, duration: 30s, config: {partitions: 12}}" : "correct the file");

    private static string Reason(YamlException e) =>
        e.InnerException is { } inner and not YamlException ? $"{e.Message} ({inner.Message})" : e.Message;
}
