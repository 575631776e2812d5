using System.Globalization;
using System.Text;
using System.Xml;

namespace Marathon.Reports.Rendering;

/// <summary>
/// Runs in the XML that CI systems read: a test suite per run; in it a test case for the verdict, one per assertion,
/// and one per kind of anomaly that is a violation. What broke a promise is a <c>failure</c>; what keeps the run from
/// having an answer (indeterminate, harness-fault) is an <c>error</c>.
/// </summary>
public static class JunitReport
{
    /// <summary>One run.</summary>
    public static string Render(Report report) => Render([report]);

    /// <summary>The runs of one spec.</summary>
    public static string Render(IReadOnlyList<Report> reports)
    {
        StringBuilder text = new();
        using (XmlWriter xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("testsuites");
            foreach (Report report in reports)
            {
                WriteSuite(xml, report, Cases(report));
            }

            xml.WriteEndElement();
        }

        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + text + "\n";
    }

    private static List<JunitCase> Cases(Report report) =>
    [
        JunitCase.OfVerdict(report),
        .. report.Assertions.Select(JunitCase.Of),
        .. report.Anomalies.Where(a => a.Policy == "violation").Select(JunitCase.Of),
    ];

    private static void WriteSuite(XmlWriter xml, Report report, List<JunitCase> cases)
    {
        xml.WriteStartElement("testsuite");
        Attribute(xml, "name", $"marathon.{report.Scenario}");
        Attribute(xml, "id", report.RunId);
        Attribute(xml, "tests", Number(cases.Count));
        Attribute(xml, "failures", Number(cases.Count(c => c.Result == "failure")));
        Attribute(xml, "errors", Number(cases.Count(c => c.Result == "error")));
        Attribute(xml, "skipped", Number(cases.Count(c => c.Result == "skipped")));
        Attribute(xml, "time", (report.EndedAt - report.StartedAt).TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture));
        Attribute(xml, "timestamp", report.StartedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        WriteProperties(xml, report);
        foreach (JunitCase test in cases)
        {
            test.Write(xml, report);
        }

        xml.WriteEndElement();
    }

    private static void WriteProperties(XmlWriter xml, Report report)
    {
        xml.WriteStartElement("properties");
        IEnumerable<(string Name, string Value)> properties =
        [
            ("runId", report.RunId), ("verdict", report.Verdict), ("outcome", report.Outcome), ("seed", Number(report.Seed)),
            .. report.Cluster is { } cluster ? [("cluster.kind", cluster.Kind), ("cluster.version", cluster.Version)] : Array.Empty<(string, string)>(),
            ("records.sent", Number(report.Records.Sent)), ("records.acked", Number(report.Records.Acked)), ("records.received", Number(report.Records.Received)),
            ("records.lost", Number(report.Records.Lost)), ("records.unseen", Number(report.Records.Unseen)),
            ("records.indeterminate", Number(report.Records.Indeterminate)), ("records.failed", Number(report.Records.Failed)),
            .. report.Config.Select(c => ("config." + c.Key, Readable.Value(c.Value))),
        ];
        foreach ((string name, string value) in properties)
        {
            xml.WriteStartElement("property");
            Attribute(xml, "name", name);
            Attribute(xml, "value", value);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, SafeText.Line(value));

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
