using Marathon.Cli.Specs;
using Marathon.Configuration;

namespace Marathon.Cli.Running;

/// <summary>What it takes to run the same again: <c>repro/spec.json</c>, the seed included.</summary>
internal static class ReproductionPack
{
    private const string SpecName = "spec.json";

    /// <summary>Writes one.</summary>
    public static async Task WriteAsync(string folder, string specFile, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Combine(folder, SpecName), await File.ReadAllBytesAsync(specFile, cancellationToken), cancellationToken);
    }

    /// <summary>Reads one: the folder itself, or the report's folder that holds it.</summary>
    /// <exception cref="SpecException">There is none.</exception>
    public static IReadOnlyList<SpecEntry> Read(string folder) =>
        new[] { Path.Combine(folder, SpecName), Path.Combine(folder, "repro", SpecName) }.FirstOrDefault(File.Exists) is { } spec
            ? SpecFile.Read(spec)
            : throw new SpecException("--repro", $"'{folder}' holds no {SpecName}", "name the repro folder of a report of a violation");
}
