namespace Marathon.Reports.Rendering.Html;

/// <summary>The top of the page: the verdict, large, and why.</summary>
internal static class VerdictHeader
{
    public static Markup Render(Report report)
    {
        (string style, string mark, string word, string meaning) = Describe(report.Verdict);
        return Markup.Of(
            $"""
            <header class="verdict {style}"><div class="inner">
            <p class="run"><span class="brand">Marathon</span> <span class="scenario">{report.Scenario}</span> <code>{report.RunId}</code></p>
            <h1><span class="mark" aria-hidden="true">{mark}</span> {(word.Length > 0 ? word : report.Verdict)}</h1>
            <p class="reason">{report.Reason}</p>
            {(report.Outcome == "finished" ? Markup.Empty : Markup.Of($"<p class=\"outcome\">{Outcome(report.Outcome)}</p>"))}
            <p class="meaning">{meaning}</p>
            <dl class="facts"><div><dt>Started</dt><dd>{Readable.Time(report.StartedAt)}</dd></div><div><dt>Took</dt><dd>{Readable.Duration((report.EndedAt - report.StartedAt).TotalSeconds)}</dd></div><div><dt>Cluster</dt><dd>{Cluster(report.Cluster)}</dd></div><div><dt>Seed</dt><dd>{report.Seed}</dd></div></dl>
            </div></header>
            """);
    }

    private static (string Style, string Mark, string Word, string Meaning) Describe(string verdict) => verdict switch
    {
        "pass" => ("pass", "✓", "Pass", "Every acknowledged record was accounted for, and nothing broke a promise."),
        "violation" => ("violation", "✕", "Violation", "The system under test broke a promise."),
        "slo-miss" => ("slo-miss", "◔", "SLO miss", "No record is in doubt, but an objective was not kept."),
        "indeterminate" => ("indeterminate", "?", "Indeterminate", "What was seen neither proves nor rules out a violation."),
        "harness-fault" => ("harness-fault", "!", "Harness fault", "Something on the tester's side broke; this says nothing about the system under test."),
        _ => ("other", "·", "", ""),
    };

    private static string Outcome(string outcome) => outcome switch
    {
        "interrupted" => "The run was interrupted; the verdict holds for what was seen until then.",
        "failed" => "The run failed before its end.",
        _ => $"The run ended as {outcome}.",
    };

    private static string Cluster(ClusterReport? cluster) => cluster is null ? "never reached" : $"{cluster.Kind} {cluster.Version}, {Plural(cluster.Brokers)}";

    private static string Plural(int brokers) => brokers == 1 ? "1 broker" : $"{brokers} brokers";
}
