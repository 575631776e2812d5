namespace Marathon.Reports.Rendering.Html;

/// <summary>The system under test and the protocol spoken to it.</summary>
internal static class ClusterSection
{
    public static Section Of(Report report) => new("cluster", "Cluster", null, Body(report));

    private static Markup Body(Report report)
    {
        (string Name, string? Value)[] pairs =
        [
            ("kind", report.Cluster?.Kind),
            ("version", report.Cluster?.Version),
            ("brokers", report.Cluster is { } cluster ? Readable.Count(cluster.Brokers) : null),
            ("bootstrap servers", report.Cluster?.BootstrapServers.Replace(",", ", ", StringComparison.Ordinal)),
            ("transactions", report.Protocol?.Transactions),
            ("Produce version", report.Protocol?.Produce is { } produce ? Readable.Count(produce) : null),
            ("Fetch version", report.Protocol?.Fetch is { } fetch ? Readable.Count(fetch) : null),
        ];
        Markup[] known = [.. pairs.Where(p => p.Value is not null).Select(p => Markup.Of($"<div><dt>{p.Name}</dt><dd>{p.Value}</dd></div>"))];
        return known.Length == 0 ? Markup.Of($"<p class=\"none\">It was never reached.</p>\n") : Markup.Of($"<dl class=\"pairs\">{known}</dl>\n");
    }
}
