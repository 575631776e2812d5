using System.Xml.Linq;

namespace Marathon.Tests.Architecture;

/// <summary>A project file.</summary>
/// <param name="Name">Its name, without the extension.</param>
/// <param name="File">Its path from the root.</param>
/// <param name="Projects">Names of the projects that it references.</param>
/// <param name="Packages">Names of the packages that it references itself.</param>
internal sealed record Project(string Name, string File, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    public bool IsTest => File.StartsWith("tests/", StringComparison.Ordinal);

    public static Project Read(string file)
    {
        XElement xml = Repository.ReadXml(file);
        return new(
            Path.GetFileNameWithoutExtension(file),
            file,
            [.. Includes(xml, "ProjectReference").Select(i => Path.GetFileNameWithoutExtension(i.Replace('\\', '/')))],
            [.. Includes(xml, "PackageReference")]);
    }

    private static IEnumerable<string> Includes(XElement xml, string item) => xml.Descendants(item).Select(e => (string?)e.Attribute("Include")).OfType<string>();
}
