using Marathon.Reports.Rendering.Charts;

namespace Marathon.Reports.Rendering.Html;

/// <summary>Rates and latencies: figures over the workload stage, and charts over the whole run.</summary>
internal static class MeasuresSection
{
    public static Section Of(Report report, TimeAxis axis) => new("measures", "Rate and latency", null, Body(report, axis));

    private static Markup Body(Report report, TimeAxis axis) => Markup.Of($"{Rates(report.Throughput)}{Latencies(report.Latency)}{Charts(report, axis)}");

    private static Markup Rates(ThroughputReport throughput) => throughput is { Produce.RecordsPerSecond: 0, Consume.RecordsPerSecond: 0 } ? Markup.Empty : Table.Render(
        "Throughput over the workload stage",
        ["Side", "#Records", "#Bytes"],
        new[] { ("produce", throughput.Produce), ("consume", throughput.Consume) }.Select(side => (IReadOnlyList<Markup>)
        [
            Table.Text(side.Item1), Table.Text(Readable.Number(side.Item2.RecordsPerSecond) + " /s"), Table.Text(Readable.Bytes(side.Item2.BytesPerSecond) + "/s"),
        ]));

    private static Markup Latencies(LatencyReport latency)
    {
        (string Name, PercentilesReport Value)[] measured =
            [.. new[] { ("publish", latency.Publish), ("end to end", latency.EndToEnd) }.Where(l => l.Item2 is not null).Select(l => (l.Item1, l.Item2!))];
        return measured.Length == 0 ? Markup.Empty : Table.Render(
            $"Latency over the workload stage, in {measured[0].Value.Unit}",
            ["Latency", "#p50", "#p90", "#p99", "#p99.9", "#max", "#clock error at most"],
            measured.Select(l => (IReadOnlyList<Markup>)
            [
                Table.Text(l.Name), .. new[] { l.Value.P50, l.Value.P90, l.Value.P99, l.Value.P999, l.Value.Max, l.Value.ClockErrorBound }.Select(v => Table.Text(Readable.Number(v))),
            ]));
    }

    private static Markup Charts(Report report, TimeAxis axis) => Markup.Join(
        report.Series.GroupBy(s => s.Unit).Select(g => LineChart.Render(Title(g.Key, [.. g.Select(s => s.Name)]), g.Key, [.. g], report, axis)));

    private static string Title(string unit, string[] names) => unit switch
    {
        _ when names is ["lag"] => "Lag",
        "records/s" => "Rate",
        "ms" => "Latency",
        _ => string.Join(", ", names),
    };
}
