using System.Text.Json;
using Marathon.Configuration;
using Marathon.Runs;
using Marathon.Scenarios;
using Marathon.Workers.Load;

namespace Marathon.Tests.Scenarios;

public sealed class ScenarioDefinitionTests
{
    private static readonly ScenarioDefinition TailRead = ScenarioCatalog.BuiltIn.Get("tail-read");

    [Fact]
    public void Bind_DurationAndObjectives_ComeFromTheirOwnPlaces()
    {
        WorkloadConfig config = TailRead.Bind(Spec(duration: "2m", slo: """{"publishP99": "50ms", "minRate": 900}"""));
        Assert.Equal(TimeSpan.FromMinutes(2), config.Duration);
        Assert.Equal(TimeSpan.FromMilliseconds(50), config.SloPublishP99);
        Assert.Equal(900, config.SloMinRatePerSecond);
        Assert.Null(config.SloEndToEndP99);
    }

    [Fact]
    public void Bind_DurationTwice_TheSpecsOwnWins() =>
        Assert.Equal(TimeSpan.FromSeconds(5), TailRead.Bind(Spec("""{"duration": "1h"}""", duration: "5s")).Duration);

    [Theory]
    [InlineData("""{"duration": "x"}""", null, "{}", "config.duration")]
    [InlineData("{}", "x", "{}", "duration")]
    [InlineData("{}", null, """{"publishP99": "x"}""", "slo.publishP99")]
    [InlineData("{}", null, """{"publishP98": "1s"}""", "slo.publishP98")]
    [InlineData("""{"slo.publishP99": "x"}""", null, "{}", "config.slo.publishP99")]
    public void Bind_WrongValue_IsNamedWhereItWasWritten(string config, string? duration, string slo, string field) =>
        Assert.Equal(field, Assert.Single(Assert.Throws<SpecException>(() => TailRead.Bind(Spec(config, duration, slo))).Errors).Field);

    [Theory]
    [InlineData("""{"acks": 1, "guarantee": "idempotent"}""", "config.acks")]
    [InlineData("""{"acks": 0, "guarantee": "exactly-once"}""", "config.acks")]
    [InlineData("""{"producers": 0, "consumers": 0}""", "config.producers")]
    [InlineData("""{"transaction.takeOverEvery": "1s"}""", "config.transaction.takeOverEvery")]
    [InlineData("""{"transaction.reads": true}""", "config.transaction.reads")]
    [InlineData("""{"transaction.transfers": true, "keys": 2}""", "config.transaction.transfers")]
    [InlineData("""{"transaction.transfers": true, "guarantee": "exactly-once"}""", "config.transaction.transfers")]
    [InlineData("""{"transaction.transfers": true, "guarantee": "exactly-once", "keys": 2, "topic.cleanup.policy": "compact"}""", "config.transaction.transfers")]
    public void Bind_KeysThatContradictEachOther_IsRefused(string config, string field) =>
        Assert.Equal(field, Assert.Single(Assert.Throws<SpecException>(() => TailRead.Bind(Spec(config))).Errors).Field);

    [Theory]
    [InlineData("""{"faults": "kill,maim"}""", "30s", "config.faults")]
    [InlineData("""{"faults": " , "}""", "30s", "config.faults")]
    [InlineData("""{"partitions": 3, "partition": 3}""", "30s", "config.partition")]
    [InlineData("""{"calmFor": "20s", "faultFor": "11s"}""", "30s", "config.calmFor")]
    [InlineData("""{"calmFor": "1s", "faultFor": "1s"}""", "2m", "config.calmFor")]
    public void Bind_ChaosThatCannotBe_IsRefused(string config, string duration, string field) => Assert.Equal(
        field,
        Assert.Single(Assert.Throws<SpecException>(() => ScenarioCatalog.BuiltIn.Get("chaos").Bind(Spec(config, duration) with { Scenario = "chaos" })).Errors).Field);

    [Theory]
    [InlineData("{}", Guarantee.Idempotent, -1)]
    [InlineData("""{"acks": 1}""", Guarantee.AtLeastOnce, 1)]
    [InlineData("""{"acks": 0}""", Guarantee.AtLeastOnce, 0)]
    [InlineData("""{"acks": 0, "guarantee": "at-most-once"}""", Guarantee.AtMostOnce, 0)]
    [InlineData("""{"guarantee": "exactly-once"}""", Guarantee.ExactlyOnce, -1)]
    public void Bind_Acks_DecideTheGuaranteeThatNobodyAskedFor(string config, Guarantee guarantee, int acks)
    {
        WorkloadConfig bound = TailRead.Bind(Spec(config));
        Assert.Equal((guarantee, acks), (bound.EffectiveGuarantee, bound.RequiredAcks));
    }

    [Fact]
    public void Bind_ClientProperties_GoToTheirClients()
    {
        WorkloadConfig config = TailRead.Bind(Spec(
            """{"client.security.protocol": "SSL", "producer.linger.ms": 5, "consumer.fetch.min.bytes": "1", "topic.min.insync.replicas": 2}"""));
        Assert.Equal("SSL", config.ClientProperties["security.protocol"]);
        Assert.Equal("5", config.ProducerProperties["linger.ms"]);
        Assert.Equal("1", config.ConsumerProperties["fetch.min.bytes"]);
        Assert.Equal("2", config.TopicProperties["min.insync.replicas"]);
        Assert.Null(config.Topic);
    }

    private static RunSpec Spec(string config = "{}", string? duration = null, string slo = "{}") => new()
    {
        Scenario = "tail-read",
        Config = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(config)!,
        Duration = duration,
        Slo = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(slo)!,
    };
}
