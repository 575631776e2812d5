using System.Text.Json;
using Marathon.Cli.Lies;
using Marathon.Configuration;
using Marathon.Runs;
using Marathon.Scenarios;

namespace Marathon.Cli.Tests.Lies;

public sealed class LiesOfSpecTests
{
    private readonly List<string> told = [];

    [Fact]
    public void Prepare_WorkloadIsMissing_SwitchesItOnAndSaysSo()
    {
        RunSpec spec = Prepare(Spec("stuck-lso"));

        Assert.Equal("exactly-once", spec.Config["guarantee"].GetString());
        Assert.Contains("guarantee=exactly-once", Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public void Prepare_DefaultsWillDo_ChangesNothing()
    {
        RunSpec spec = Spec("duplicate:rate=0.001");

        Assert.Same(spec, Prepare(spec));
        Assert.Empty(told);
    }

    [Theory]
    [InlineData("aborted-read", "guarantee", "idempotent")]
    [InlineData("aborted-read", "transaction.abortShare", "0")]
    [InlineData("conservation-broken", "transaction.abortShare", "0.1")]
    [InlineData("corrupt", "compression", "zstd")]
    [InlineData("key-reorder", "keys", "0")]
    [InlineData("double-ownership", "assignment", "assign")]
    [InlineData("double-ownership", "consumers", "1")]
    public void Prepare_Contradicted_Refuses(string lie, string key, string value) =>
        Assert.Equal($"config.{key}", Assert.Throws<SpecException>(() => Prepare(Spec(lie, (key, value)))).Errors[0].Field);

    [Theory]
    [InlineData("corrupt", "compression", "gzip")]
    [InlineData("key-reorder", "keys", "7")]
    [InlineData("aborted-read", "transaction.abortShare", "0.1", "guarantee", "exactly-once")]
    public void Prepare_AnotherValueThatWillDo_IsKept(string lie, string key, string value, string? needed = null, string? with = null)
    {
        RunSpec spec = needed is null ? Spec(lie, (key, value)) : Spec(lie, (key, value), (needed, with!));

        Assert.Same(spec, Prepare(spec));
    }

    [Theory]
    [InlineData("duplicat", "did you mean 'duplicate'?")]
    [InlineData("duplicate:rate", "'rate' is not key=value")]
    [InlineData(":x=y", "the kind is missing")]
    [InlineData("duplicate:often=yes", "there is no option 'often'")]
    [InlineData("duplicate:rate=2", "rate '2' is not above 0 and at most 1")]
    public void Prepare_UnknownOrMalformed_Refuses(string lie, string expected) =>
        Assert.Contains(expected, Assert.Throws<SpecException>(() => Prepare(Spec(lie))).Message, StringComparison.Ordinal);

    [Fact]
    public void Prepare_ClusterDoesNotLie_Refuses() =>
        Assert.Throws<SpecException>(() => Prepare(Spec("duplicate") with { Cluster = "kafka" }));

    public static TheoryData<string> Kinds => [.. LieCatalog.All.Select(l => l.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Prepare_EveryLie_GivesAConfigurationThatBinds(string kind)
    {
        RunSpec spec = Prepare(Spec(kind));

        Assert.NotNull(ScenarioCatalog.BuiltIn.Get(spec.Scenario).Bind(spec));
    }

    private static RunSpec Spec(string lie, params (string Key, string Value)[] config) => new()
    {
        Scenario = "tail-read",
        Lies = [lie],
        Config = config.ToDictionary(c => c.Key, c => JsonSerializer.SerializeToElement(c.Value)),
    };

    private RunSpec Prepare(RunSpec spec) => LiesOfSpec.Prepare(spec, told.Add);
}
