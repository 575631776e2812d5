using System.Text.Json;
using Marathon.Runs;

namespace Marathon.Tests.Runs;

public sealed class RunSpecTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    [Fact]
    public void Json_WithNothingButAScenario_HasTheDefaults()
    {
        RunSpec spec = JsonSerializer.Deserialize<RunSpec>("""{"scenario": "tail-read"}""", Web)!;
        Assert.Equal(("testbed", 3, 2, null, null), (spec.Cluster, spec.Brokers, spec.Workers, spec.Seed, spec.Duration));
        Assert.Empty(spec.Config);
    }

    [Fact]
    public void Json_WithNullForListsAndMaps_HasEmptyOnes()
    {
        RunSpec spec = JsonSerializer.Deserialize<RunSpec>("""{"scenario": "tail-read", "config": null, "slo": null, "lies": null}""", Web)!;
        Assert.Empty(spec.Config);
        Assert.Empty(spec.Slo);
        Assert.Empty(spec.Lies);
    }

    [Fact]
    public void Json_WithoutScenario_IsRefused() => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<RunSpec>("{}", Web));

    [Fact]
    public void Json_OfASpec_IsReadBack()
    {
        RunSpec spec = JsonSerializer.Deserialize<RunSpec>(
            """{"scenario":"tail-read","workers":5,"seed":42,"duration":"5m","config":{"partitions":12,"acks":"all"},"lies":["corrupt:rate=0.1"],"slo":{"minRate":3}}""", Web)!;
        string json = JsonSerializer.Serialize(spec, Web);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<RunSpec>(json, Web), Web));
        Assert.Equal(12, spec.Config["partitions"].GetInt32());
        Assert.Equal(["corrupt:rate=0.1"], spec.Lies);
    }
}
