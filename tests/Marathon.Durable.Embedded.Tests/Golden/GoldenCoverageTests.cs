using System.Reflection;

namespace Marathon.Durable.Embedded.Tests.Golden;

public sealed class GoldenCoverageTests
{
    /// <summary>Scenarios without a test, and why.</summary>
    private static readonly Dictionary<string, string> s_excluded = [];

    [Fact]
    public void EveryScenario_HasATestOfItsName()
    {
        List<string> tests = [.. typeof(GoldenTest).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(GoldenTest)))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttribute<FactAttribute>() is { Skip: null })
            .Select(method => method.Name.Replace('_', '-'))];
        Assert.Equal(204, GoldenFile.Names.Count);
        Assert.Equal(GoldenFile.Names.Order(StringComparer.Ordinal), tests.Concat(s_excluded.Keys).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(s_excluded.Values, string.IsNullOrWhiteSpace);
    }
}
