using System.Xml.Linq;

namespace Marathon.Tests.Architecture;

public sealed class PackageTests
{
    private static readonly XElement Central = Repository.ReadXml("Directory.Packages.props");

    // Every file that MSBuild reads.
    private static readonly string[] BuildFiles =
        [.. Repository.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal) || f.EndsWith(".props", StringComparison.Ordinal) || f.EndsWith(".targets", StringComparison.Ordinal))];

    [Fact]
    public void Packages_AreManagedCentrally() => Assert.Equal("true", Central.Descendants("ManagePackageVersionsCentrally").Single().Value);

    [Fact]
    public void Versions_AreExact() => Assert.All(Central.Descendants("PackageVersion"), p =>
        Assert.Matches(@"^(\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?|\$\([A-Za-z]+\))$", (string?)p.Attribute("Version")));

    [Fact]
    public void Versions_AreGivenOnce()
    {
        string[] names = [.. Central.Descendants("PackageVersion").Select(p => (string)p.Attribute("Include")!)];
        Assert.Equal(names.Distinct(StringComparer.OrdinalIgnoreCase), names);
    }

    [Fact]
    public void References_NameNoVersionOfTheirOwn() => Assert.Empty(
        from file in BuildFiles
        from reference in Repository.ReadXml(file).Descendants("PackageReference")
        where reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null || reference.Element("Version") is not null
        select $"{file}: {reference.Attribute("Include")}");

    [Fact]
    public void References_AreAllPinned()
    {
        HashSet<string> pinned = [.. Central.Descendants("PackageVersion").Select(p => (string)p.Attribute("Include")!)];
        Assert.Empty(
            from file in BuildFiles
            from reference in Repository.ReadXml(file).Descendants("PackageReference")
            let name = (string)reference.Attribute("Include")!
            where !pinned.Contains(name)
            select $"{file}: {name}");
    }

    [Fact]
    public void FunctionsPackages_AreReferencedByTheFunctionsAppAlone()
    {
        string[] packages =
            [.. Central.Elements("ItemGroup").Single(g => (string?)g.Attribute("Label") == "Marathon.Functions alone").Elements().Select(p => (string)p.Attribute("Include")!)];
        Assert.Contains("Microsoft.Azure.Functions.Worker", packages);
        Assert.Empty(
            from file in BuildFiles
            where Path.GetFileNameWithoutExtension(file) is not ("Marathon.Functions" or "Marathon.Functions.Tests" or "Directory.Packages")
            from reference in Repository.ReadXml(file).Descendants("PackageReference")
            let name = (string)reference.Attribute("Include")!
            where packages.Contains(name) || name.StartsWith("Microsoft.Azure.Functions.", StringComparison.Ordinal) || name.StartsWith("Microsoft.DurableTask.", StringComparison.Ordinal)
            select $"{file}: {name}");
    }

    [Fact]
    public void FunctionsApp_ReferencesNothingElseThatIsItsOwn()
    {
        string[] pinned = [.. Central.Descendants("PackageVersion").Select(p => (string)p.Attribute("Include")!)];
        Assert.Empty(Repository.Projects.Single(p => p.Name == "Marathon.Functions").Packages.Except(pinned));
    }
}
