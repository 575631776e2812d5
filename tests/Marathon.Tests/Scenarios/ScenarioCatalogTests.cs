using System.Text.Json;
using Marathon.Configuration;
using Marathon.Scenarios;

namespace Marathon.Tests.Scenarios;

public sealed class ScenarioCatalogTests
{
    public static TheoryData<string> Names => [.. ScenarioCatalog.BuiltIn.Scenarios.Select(s => s.Name)];

    [Fact]
    public void Get_UnknownName_SuggestsOne()
    {
        SpecError error = Assert.Single(Assert.Throws<SpecException>(() => ScenarioCatalog.BuiltIn.Get("tailread")).Errors);
        Assert.Equal(("scenario", "there is no scenario 'tailread'", "did you mean 'tail-read'?"), (error.Field, error.Problem, error.Remedy));
    }

    [Fact]
    public void Names_AreUniqueKebabCase()
    {
        string[] names = [.. ScenarioCatalog.BuiltIn.Scenarios.Select(s => s.Name)];
        Assert.Equal(names.Distinct(), names);
        Assert.All(names, n => Assert.Matches("^[a-z]+(-[a-z]+)*$", n));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Scenario_SaysWhatItDoesAndWhenItPasses(string name)
    {
        ScenarioDefinition scenario = ScenarioCatalog.BuiltIn.Get(name);
        Assert.EndsWith(".", scenario.Summary, StringComparison.Ordinal);
        Assert.EndsWith(".", scenario.PassesWhen, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Keys_AreUniqueDescribedAndWithinTheirLimits(string name)
    {
        IReadOnlyList<ConfigField> fields = ScenarioCatalog.BuiltIn.Get(name).Schema.Fields;
        Assert.Equal(fields.Select(f => f.Key).Distinct(), fields.Select(f => f.Key));
        Assert.All(fields, f => Assert.NotEmpty(f.Attribute.Description));
        Assert.All(fields, f => Assert.NotEmpty(f.DefaultText));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Defaults_AsTheyAreShown_CanBeGivenBack(string name)
    {
        ScenarioDefinition scenario = ScenarioCatalog.BuiltIn.Get(name);
        WorkloadConfig defaults = scenario.Bind(new() { Scenario = name });
        Dictionary<string, JsonElement> shown = scenario.Schema.Describe(defaults)
            .Where(v => v.Value is not null and not "none" || v.Key == "compression")
            .ToDictionary(v => v.Key, v => JsonSerializer.SerializeToElement(v.Value));
        WorkloadConfig again = scenario.Bind(new() { Scenario = name, Config = shown });
        Assert.Equal(scenario.Schema.Describe(defaults), scenario.Schema.Describe(again));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Schema_HasTheKeysOfTheContract(string name) => Assert.Superset(
        new HashSet<string>
        {
            "topic", "partitions", "replication", "ratePerSecond", "recordSize", "compressibility", "keys", "compression", "acks", "guarantee", "producers",
            "consumers", "assignment", "warmup", "duration", "slo.publishP99", "slo.endToEndP99", "slo.minRate", "client.*", "producer.*", "consumer.*",
        },
        ScenarioCatalog.BuiltIn.Get(name).Schema.Fields.Select(f => f.Key).ToHashSet());
}
