using System.Xml;

namespace Marathon.Reports.Rendering;

/// <summary>One test case.</summary>
/// <param name="Group">What kind of case it is: verdict, assertion or anomaly.</param>
/// <param name="Name">Its name.</param>
/// <param name="Result">failure, error, skipped; null when it passed.</param>
/// <param name="Type">The type of a failure or an error.</param>
/// <param name="Message">Why, in one line.</param>
/// <param name="Detail">What else there is to know.</param>
internal sealed record JunitCase(string Group, string Name, string? Result, string Type, string Message, string Detail)
{
    public static JunitCase OfVerdict(Report report) => new(
        "verdict",
        "verdict",
        report.Verdict switch
        {
            // What was seen until the interrupt is fine; that is no pass.
            "pass" => report.Outcome == "finished" ? null : "skipped",
            "violation" or "slo-miss" => "failure",
            _ => "error",
        },
        report.Verdict,
        report.Outcome == "finished" ? report.Reason : $"{report.Outcome}: {report.Reason}",
        TextReport.Render(report));

    public static JunitCase Of(AssertionReport assertion) => new(
        "assertion",
        assertion.Name,
        assertion.Verdict switch { "pass" => null, "skipped" => "skipped", _ => "failure" },
        assertion.Severity,
        assertion.Observed is { } observed
            ? $"observed {Readable.Number(observed)} {assertion.Unit}, threshold {Readable.Number(assertion.Threshold)} {assertion.Unit}"
            : $"nothing was observed; the threshold is {Readable.Number(assertion.Threshold)} {assertion.Unit}",
        "");

    public static JunitCase Of(AnomalyReport anomaly) => new(
        "anomaly",
        anomaly.Kind,
        "failure",
        anomaly.Severity,
        $"{Readable.Count(anomaly.Count)} × {anomaly.Kind}{(anomaly.CausedBy is { } root ? $", caused by {root}" : "")}: {anomaly.Why}",
        string.Join('\n', anomaly.Examples.Select(e => Readable.Value(e))));

    public void Write(XmlWriter xml, Report report)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", SafeText.Line($"marathon.{report.Scenario}.{Group}"));
        xml.WriteAttributeString("name", SafeText.Line(Name));
        if (Result is { } result)
        {
            xml.WriteStartElement(result);
            xml.WriteAttributeString("message", SafeText.Line(Message));
            if (result != "skipped")
            {
                xml.WriteAttributeString("type", SafeText.Line(Type));
                xml.WriteString(SafeText.Block(Detail));
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }
}
