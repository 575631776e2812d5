using System.Text.Json;
using Marathon.Cli.Specs;
using Marathon.Configuration;
using Marathon.Runs;

namespace Marathon.Cli.Tests.Specs;

public sealed class SpecFileTests : IDisposable
{
    private readonly TestFolder folder = new();

    [Fact]
    public void Read_EveryKey_FillsTheSpec()
    {
        RunSpec spec = Assert.Single(Read("""
            scenario: tail-read
            cluster: kafka
            kafkaHome: /opt/kafka
            brokers: 1
            workers: 4
            seed: -7
            duration: 10m
            config: {partitions: 48, compression: "none", compressibility: 0.25, topic.min.insync.replicas: 1}
            lies: [duplicate, "corrupt:rate=0.1"]
            slo: {publishP99: 20ms}
            """)).Spec;

        Assert.Equal(("tail-read", "kafka", "/opt/kafka", 1, 4, -7L, "10m"),
            (spec.Scenario, spec.Cluster, spec.KafkaHome, spec.Brokers, spec.Workers, spec.Seed!.Value, spec.Duration));
        Assert.Equal(["duplicate", "corrupt:rate=0.1"], spec.Lies);
        Assert.Equal("20ms", spec.Slo["publishP99"].GetString());
        Assert.Equal(48, spec.Config["partitions"].GetInt32());
        Assert.Equal(0.25, spec.Config["compressibility"].GetDouble());
        Assert.Equal(JsonValueKind.String, spec.Config["compression"].ValueKind);
        Assert.Equal(1, spec.Config["topic.min.insync.replicas"].GetInt32());
    }

    [Fact]
    public void Read_WhatTheControllerKept_HasNoMoreThanWasAskedFor()
    {
        RunSpec asked = new() { Scenario = "tail-read", Seed = 7 };

        RunSpec read = Assert.Single(Read(JsonSerializer.Serialize(asked, Controller.Storage.ControllerJson.Files))).Spec;

        Assert.Equal(JsonSerializer.Serialize(asked), JsonSerializer.Serialize(read));
    }

    [Theory]
    [InlineData("- {scenario: a}\n- {scenario: b}")]
    [InlineData("scenario: a\n---\nscenario: b")]
    [InlineData("""[{"scenario": "a"}, {"scenario": "b"}]""")]
    public void Read_Several_KeepsTheirOrder(string text) => Assert.Equal(["a", "b"], Read(text).Select(e => e.Spec.Scenario));

    [Theory]
    [InlineData("", "asks for no run")]
    [InlineData("scenario: a\nconfig: }", ":2: is no valid YAML")]
    [InlineData("scenario: a\nscenario: b", ":2")]
    [InlineData("hello", ":1")]
    [InlineData("scenaro: a", "did you mean 'scenario'?")]
    [InlineData("workers: 2", "scenario: is missing")]
    [InlineData("scenario: a\nworkers: none", ":2 workers: 'none'")]
    [InlineData("scenario: a\nworkers: 0", ":2 workers: '0'")]
    [InlineData("scenario: a\nconfig:\n  keys: [1]", ":3 config.keys")]
    [InlineData("scenario: a\nconfig: 3", ":2 config: holds no keys")]
    [InlineData("scenario: a\nlies: duplicate", ":2 lies")]
    [InlineData("scenario: [a]", ":1 scenario")]
    [InlineData("a: &a [x]\nscenario: *b", "The anchor 'b' does not exist")]
    public void Read_Wrong_NamesPlaceAndProblem(string text, string expected)
    {
        SpecException e = Assert.Throws<SpecException>(() => Read(text));

        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.All(e.Errors, error => Assert.Contains("spec.yaml", error.Field, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_NoSuchFile_SaysSo() =>
        Assert.Contains("no such file", Assert.Throws<SpecException>(() => SpecFile.Read(folder["absent.yaml"])).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_NestedAliases_DoNotExplode()
    {
        string laughs = "a0: &a0 [x, x]\n" + string.Concat(Enumerable.Range(1, 60).Select(i => $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n"));

        Assert.Throws<SpecException>(() => Read(laughs + "scenario: tail-read"));
    }

    [Fact]
    public void Locate_ErrorFoundLater_NamesItsLine()
    {
        SpecEntry entry = Assert.Single(Read("scenario: tail-read\nconfig:\n  keys: 1\n  partitons: 3\nslo:\n  publishP99: never"));

        SpecException e = entry.Locate(new SpecException([new("config.partitons", "p", "r"), new("config.slo.publishP99", "p", "r"), new("config.other", "p", "r")]));

        Assert.Equal(
            [$"{folder["spec.yaml"]}:4 config.partitons", $"{folder["spec.yaml"]}:6 config.slo.publishP99", "config.other"],
            e.Errors.Select(x => x.Field));
    }

    [Theory]
    [InlineData("tail-read", false)]
    [InlineData("x.yaml", true)]
    [InlineData("./x", true)]
    [InlineData("runs.json", true)]
    public void IsPath_ByItsLooks(string text, bool expected) => Assert.Equal(expected, SpecFile.IsPath(text));

    public void Dispose() => folder.Dispose();

    private IReadOnlyList<SpecEntry> Read(string text)
    {
        File.WriteAllText(folder["spec.yaml"], text);
        return SpecFile.Read(folder["spec.yaml"]);
    }
}
