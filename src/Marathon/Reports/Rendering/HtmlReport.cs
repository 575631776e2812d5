using System.Security.Cryptography;
using System.Text;
using Marathon.Reports.Rendering.Charts;
using Marathon.Reports.Rendering.Html;

namespace Marathon.Reports.Rendering;

/// <summary>
/// A report as one HTML file that needs nothing else: no request leaves it, and it reads the same without its script.
/// Its content security policy allows its own style sheet and script and nothing besides.
/// </summary>
public static class HtmlReport
{
    private static readonly string StyleSheet = Resource("report.css");
    private static readonly string Script = Resource("report.js");
    private static readonly string Policy =
        $"default-src 'none'; style-src '{Hash(StyleSheet)}'; script-src '{Hash(Script)}'; base-uri 'none'; form-action 'none'";

    /// <summary>Renders a report; whatever it lacks is left out.</summary>
    public static string Render(Report report)
    {
        TimeAxis axis = new(report.StartedAt, report.EndedAt);
        Section[] sections =
        [
            .. new[]
            {
                RecordsSection.Of(report), TimelineSection.Of(report, axis), MeasuresSection.Of(report, axis), AssertionsSection.Of(report),
                AnomaliesSection.Of(report), LiesSection.Of(report), FaultsSection.Of(report, axis), LeadershipSection.Of(report, axis), WorkersSection.Of(report, axis),
                CostSection.Of(report), ConfigurationSection.Of(report), ClusterSection.Of(report),
            }.Where(s => !s.Body.IsEmpty),
        ];
        return Markup.Of(
            $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"/>
            <meta http-equiv="Content-Security-Policy" content="{Markup.Verbatim(Policy)}"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <meta name="referrer" content="no-referrer"/>
            <title>{report.Verdict}: {report.Scenario} {report.RunId}</title>
            <style>{Markup.Verbatim(StyleSheet)}</style></head>
            <body>
            {VerdictHeader.Render(report)}
            <nav aria-label="Contents"><ul>{sections.Select(s => s.Link())}</ul></nav>
            <main>
            {sections.Select(s => s.Render())}</main>
            <footer><p>Marathon, schema {report.Schema}. All times are UTC. Latency is measured from the intended send time.</p></footer>
            <script>{Markup.Verbatim(Script)}</script>
            </body></html>

            """).ToString();
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Resource(string name)
    {
        using StreamReader reader = new(typeof(HtmlReport).Assembly.GetManifestResourceStream("Marathon.Reports.Rendering.Html." + name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
