using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marathon.Cli.Specs;
using Marathon.Configuration;
using Marathon.Reports;
using Marathon.Runs;

namespace Marathon.Cli.Running;

/// <summary>
/// What it takes to run the same again, and to see what happened: <c>spec.json</c> with the seed, <c>run.json</c> with the
/// versions, <c>timeline.json</c> with faults, stages and workers in the order of time, and <c>history/</c> with what was around
/// each example of an anomaly. Secret values are left out.
/// </summary>
internal static class ReproductionPack
{
    private const string SpecName = "spec.json";

    /// <summary>Writes one.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="specFile">The spec that was run.</param>
    /// <param name="report">Its report.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task WriteAsync(string folder, string specFile, Report report, CancellationToken cancellationToken)
    {
        string history = Path.Combine(folder, "history");
        Directory.CreateDirectory(history);
        await File.WriteAllTextAsync(Path.Combine(folder, SpecName), Scrubbed(await File.ReadAllTextAsync(specFile, cancellationToken)), cancellationToken);
        await PutAsync(Path.Combine(folder, "run.json"), new
        {
            report.RunId, report.Scenario, report.Seed, report.Verdict, report.Reason, report.Cluster, report.Protocol, report.Lies,
            Versions = new { Marathon = Version(), Runtime = RuntimeInformation.FrameworkDescription, System = RuntimeInformation.OSDescription, ClientLibrary = Confluent.Kafka.Library.VersionString },
        }, cancellationToken);
        await PutAsync(Path.Combine(folder, "timeline.json"), RunTimeline.Of(report), cancellationToken);
        foreach (AnomalyReport anomaly in report.Anomalies)
        {
            await PutAsync(Path.Combine(history, $"{anomaly.Kind}.json"), anomaly, cancellationToken);
        }
    }

    /// <summary>Reads one: the folder itself, or the report's folder that holds it.</summary>
    /// <exception cref="SpecException">There is none.</exception>
    public static IReadOnlyList<SpecEntry> Read(string folder) =>
        new[] { Path.Combine(folder, SpecName), Path.Combine(folder, "repro", SpecName) }.FirstOrDefault(File.Exists) is { } spec
            ? SpecFile.Read(spec)
            : throw new SpecException("--repro", $"'{folder}' holds no {SpecName}", "name the repro folder of a report of a violation");

    // A pack is made to be handed on.
    private static string Scrubbed(string spec)
    {
        JsonNode document = JsonNode.Parse(spec)!;
        if (document["config"] is JsonObject config)
        {
            foreach (string key in config.Select(pair => pair.Key).Where(SecretProperties.IsSecret).ToArray())
            {
                config[key] = SecretProperties.LeftOut;
            }
        }

        return document.ToJsonString();
    }

    private static string? Version() =>
        typeof(ReproductionPack).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    private static Task PutAsync<T>(string file, T content, CancellationToken cancellationToken) =>
        File.WriteAllBytesAsync(file, JsonSerializer.SerializeToUtf8Bytes(content, ReportJson.Options), cancellationToken);
}
