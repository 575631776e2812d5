using System.Xml;
using System.Xml.Linq;
using Marathon.Reports;
using Marathon.Reports.Rendering;

namespace Marathon.Tests.Reports.Rendering;

/// <summary>The page is well-formed XML too, so a strict parser can take it apart.</summary>
internal static class Pages
{
    public static XElement Parse(Report report)
    {
        using StringReader text = new(HtmlReport.Render(report));
        using XmlReader reader = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XElement.Load(reader, LoadOptions.PreserveWhitespace);
    }

    public static XElement? Section(this XElement page, string id) => page.Descendants("section").SingleOrDefault(s => (string?)s.Attribute("id") == id);

    public static string[][] Rows(this XElement element) =>
        [.. element.Descendants("tbody").Elements("tr").Select(r => r.Elements().Select(c => c.Value.Trim()).ToArray())];
}
