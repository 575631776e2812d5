using System.Globalization;
using Marathon.Reports;

namespace Marathon.EndToEnd.Tests.Fixture;

/// <summary>A report in a line.</summary>
internal static class Figures
{
    /// <summary>Columns of <see cref="Row"/>.</summary>
    public const string Header = "| guarantee | fault | Kafka | verdict | acked | failed | indeterminate | longest unavailability | counted |\n|---|---|---|---|---|---|---|---|---|";

    public static string Of(Report report) => string.Create(
        CultureInfo.InvariantCulture,
        $"{report.Verdict}: {report.Records.Acked} acked, {report.Records.Failed} failed, {report.Records.Indeterminate} indeterminate ({report.Records.IndeterminateSeen} of them seen), {report.Records.Rereads} reread; {report.Faults.Count} faults ({string.Join(", ", report.Faults.Select(f => f.Kind))}), longest unavailability {LongestSeconds(report):0.0} s; anomalies: {Anomalies(report)}");

    /// <summary>A row of a table.</summary>
    public static string Row(Report report, string guarantee, string fault) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {guarantee} | {fault} | {report.Cluster?.Version} | {report.Verdict} | {report.Records.Acked} | {report.Records.Failed} | {report.Records.Indeterminate} | {LongestSeconds(report):0.0} s | {Anomalies(report)} |");

    private static double LongestSeconds(Report report) => report.Faults.Select(f => f.UnavailableForSeconds ?? double.NaN).DefaultIfEmpty(0).Max();

    private static string Anomalies(Report report) =>
        report.Anomalies.Count == 0 ? "none" : string.Join(", ", report.Anomalies.Select(a => $"{a.Count} {a.Kind} ({a.Policy})"));
}
