namespace Marathon.Tests.Architecture;

public sealed class ProjectReferenceTests
{
    // As the design draws them: a project may reference those below it.
    private static readonly string[] TopDown =
    [
        "Marathon.Functions", "Marathon.Cli", "Marathon.Worker", "Marathon.Azure", "Marathon.Controller", "Marathon.Durable.Embedded", "Marathon.Durable",
        "Marathon.Testbed", "Marathon.Kafka", "Marathon",
    ];

    // Below them in the drawing, and still none of their business: hosts do not depend on each other, nor the controller on an engine.
    private static readonly (string From, string To)[] Forbidden =
    [
        ("Marathon.Functions", "Marathon.Cli"), ("Marathon.Functions", "Marathon.Worker"), ("Marathon.Functions", "Marathon.Testbed"),
        ("Marathon.Functions", "Marathon.Durable.Embedded"), ("Marathon.Cli", "Marathon.Azure"), ("Marathon.Worker", "Marathon.Controller"),
        ("Marathon.Controller", "Marathon.Durable.Embedded"), ("Marathon.Controller", "Marathon.Testbed"), ("Marathon.Azure", "Marathon.Testbed"),
        ("Marathon.Durable.Embedded", "Marathon"), ("Marathon.Durable", "Marathon"), ("Marathon.Testbed", "Marathon.Kafka"),
    ];

    public static TheoryData<string> Products => [.. Repository.Projects.Where(p => !p.IsTest).Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Products))]
    public void Product_HasItsPlaceInTheDrawing(string name) => Assert.Contains(name, TopDown);

    [Theory]
    [MemberData(nameof(Products))]
    public void Product_ReferencesOnlyWhatIsBelowIt(string name)
    {
        string[] below = TopDown[(Array.IndexOf(TopDown, name) + 1)..];
        Assert.Empty(Find(name).Projects.Except(below));
        Assert.DoesNotContain(Find(name).Projects, to => Forbidden.Contains((name, to)));
    }

    [Fact]
    public void Domain_DependsOnNothing()
    {
        Assert.Empty(Find("Marathon").Projects);
        Assert.Empty(Find("Marathon").Packages);
        Assert.DoesNotContain("FrameworkReference", Repository.Read(Find("Marathon").File), StringComparison.Ordinal);
    }

    // An orchestration context makes loggers, and ILogger is in a package.
    [Fact]
    public void Durable_DependsOnAbstractionsAlone()
    {
        Assert.Empty(Find("Marathon.Durable").Projects);
        Assert.Equal(["Microsoft.Extensions.Logging.Abstractions"], Find("Marathon.Durable").Packages);
    }

    // The programming model says little by itself: its scenarios are tested on the embedded engine.
    [Theory]
    [MemberData(nameof(Products))]
    public void Product_HasTests(string name) => Assert.Contains(name, Find(name == "Marathon.Durable" ? "Marathon.Durable.Embedded" : name + ".Tests").Projects);

    [Fact]
    public void Tests_AreReferencedByNobody() =>
        Assert.DoesNotContain(Repository.Projects.SelectMany(p => p.Projects), r => Find(r).IsTest);

    [Fact]
    public void Solution_HasEveryProject()
    {
        string solution = Repository.Read("Marathon.Functions.sln").Replace('\\', '/');
        Assert.Empty(Repository.Projects.Where(p => !solution.Contains(p.File, StringComparison.Ordinal)).Select(p => p.File));
    }

    [Fact]
    public void SolutionFilter_LeavesOutTheFunctionsAppAlone()
    {
        string filter = Repository.Read("Marathon.slnf");
        Assert.Equal(
            ["Marathon.Functions", "Marathon.Functions.Tests"],
            Repository.Projects.Where(p => !filter.Contains($"\"{p.File}\"", StringComparison.Ordinal)).Select(p => p.Name).Order(StringComparer.Ordinal));
    }

    private static Project Find(string name) => Repository.Projects.Single(p => p.Name == name);
}
