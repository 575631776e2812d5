using System.Text;
using System.Text.Json.Nodes;
using Marathon.Latency;
using Marathon.Verification;
using Marathon.Workers.Load;

namespace Marathon.Tests.Verification;

public sealed class EvidenceJsonTests
{
    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var json = EvidenceJson.Write(Full());

        Assert.Equal(Encoding.UTF8.GetString(json), Encoding.UTF8.GetString(EvidenceJson.Write(EvidenceJson.Read(json))));
    }

    [Theory]
    [InlineData("""{ "run": null }""", "$.run")]
    [InlineData("""{ "run": "" }""", "$.run")]
    [InlineData("""{ "number": 0 }""", "$.number")]
    [InlineData("""{ "number": 1.5 }""", "$.number")]
    [InlineData("""{ "number": "1" }""", "$.number")]
    [InlineData("""{ "format": 3 }""", "$.format")]
    [InlineData("""{ "unknown": 1 }""", "$.unknown")]
    [InlineData("""{ "producers": [null] }""", "$.producers[0]")]
    [InlineData("""{ "producers.0.acks": "some" }""", "$.producers[0].acks")]
    [InlineData("""{ "producers.0.incarnation": 0 }""", "$.producers[0].incarnation")]
    [InlineData("""{ "producers.0.partitions.0.next": 1 }""", "$.producers[0].partitions[0].acknowledged")]
    [InlineData("""{ "producers.0.partitions.0.next": -1 }""", "$.producers[0].partitions[0].next")]
    [InlineData("""{ "producers.0.partitions.0.acknowledged": [3, 1] }""", "$.producers[0].partitions[0].acknowledged")]
    [InlineData("""{ "producers.0.partitions.0.acknowledged": ["a"] }""", "$.producers[0].partitions[0].acknowledged")]
    [InlineData("""{ "producers.0.partitions.0.partition": -4 }""", "$.producers[0].partitions[0].partition")]
    [InlineData("""{ "consumers.0.isolation": 1 }""", "$.consumers[0].isolation")]
    [InlineData("""{ "consumers.0.partitions.0.segments.0.next": -1 }""", "$.consumers[0].partitions[0].segments[0].next")]
    [InlineData("""{ "consumers.0.partitions.0.segments.0.streams.0.runs": [1, 2] }""", "$.consumers[0].partitions[0].segments[0].streams[0].runs")]
    [InlineData("""{ "consumers.0.partitions.0.segments.0.streams.0.runs": [0, 9, 0, 9, 0] }""", "$.consumers[0].partitions[0].segments[0].streams[0].runs")]
    [InlineData("""{ "consumers.0.partitions.0.segments.0.streams.0.runs": [5, 4, 0, 9, 0] }""", "$.consumers[0].partitions[0].segments[0].streams[0].runs")]
    [InlineData("""{ "consumers.0.partitions.0.segments.0.streams.0.runs": "AP8=" }""", "$.consumers[0].partitions[0].segments[0].streams[0].runs")]
    [InlineData("""{ "consumers.0.partitions.0.segments.0.streams.0.runs": "AAABAA==" }""", "$.consumers[0].partitions[0].segments[0].streams[0].runs")]
    [InlineData("""{ "consumers.0.partitions.0.segments.0.streams.0.runs": "no base64" }""", "$.consumers[0].partitions[0].segments[0].streams[0].runs")]
    [InlineData("""{ "consumers.0.partitions.0.segments.0.corruptOffsets": [500, 501] }""", "$.consumers[0].partitions[0].segments[0].corruptOffsets")]
    [InlineData("""{ "endToEndLatency": { "count": 5 } }""", "$.endToEndLatency")]
    [InlineData("""{ "endToEndLatency": { "count": 5, "buckets": [99999999, 5] } }""", "$.endToEndLatency")]
    public void Read_BrokenField_NamesIt(string change, string field)
    {
        var json = JsonNode.Parse(EvidenceJson.Write(Full()))!;
        var (path, value) = JsonNode.Parse(change)!.AsObject().Single();
        var at = json;
        var steps = path.Split('.');
        foreach (var step in steps[..^1])
            at = int.TryParse(step, out var index) ? at[index]! : at[step]!;
        at[steps[^1]] = value?.DeepClone();

        var error = Assert.Throws<EvidenceFormatException>(() => EvidenceJson.Read(Encoding.UTF8.GetBytes(json.ToJsonString())));

        Assert.StartsWith(field, error.Field, StringComparison.Ordinal);
        Assert.NotEmpty(error.Problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("\"text\"")]
    public void Read_NoEvidenceAtAll_IsRefused(string json) =>
        Assert.Throws<EvidenceFormatException>(() => EvidenceJson.Read(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Read_EvidenceWithAnyByteChanged_NeverThrowsAnythingElse()
    {
        var json = EvidenceJson.Write(Full());
        var random = new Random(8);
        for (var i = 0; i < 5_000; i++)
        {
            var changed = json.ToArray();
            for (var k = random.Next(1, 4); k > 0; k--)
                changed[random.Next(changed.Length)] = (byte)"0123456789-{}[]\",:nulltruefalse"[random.Next(31)];

            try
            {
                var evidence = EvidenceJson.Read(changed.AsSpan(0, random.Next(changed.Length / 2, changed.Length + 1)));
                EvidenceJoin.Join([evidence], new SmallRun { EndOffset = 3 }.Facts());
            }
            catch (EvidenceFormatException)
            {
            }
        }
    }

    [Fact]
    public void Read_ManyRuns_AreThoseThatWereWritten_PackedAndAsTheArrayOfFormatOne()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var runs = ManyRuns(new Random(seed));
            var packed = JsonNode.Parse(EvidenceJson.Write(With(runs)))!;
            Assert.Equal(runs, RunsOf(packed));
            Assert.Equal(System.Text.Json.JsonValueKind.String, StreamOf(packed)["runs"]!.GetValueKind());

            packed["format"] = 1;
            StreamOf(packed)["runs"] = new JsonArray(
                [.. runs.SelectMany(run => (long[])[run.First, run.Last, run.FirstOffset, run.LastOffset, run.Missing]).Select(number => JsonValue.Create(number))]);
            Assert.Equal(runs, RunsOf(packed));
        }
    }

    private static SequenceRun[] ManyRuns(Random random)
    {
        var runs = new SequenceRun[random.Next(20, 400)];
        var next = random.NextInt64(1L << random.Next(1, 30));
        for (var i = 0; i < runs.Length; i++)
        {
            var first = next + random.NextInt64(1L << random.Next(1, 35));
            var last = first + random.NextInt64(1L << random.Next(1, 35));
            var (offset, lastOffset) = (random.NextInt64(1L << random.Next(1, 48)), random.NextInt64(1L << random.Next(1, 48)));
            runs[i] = new SequenceRun(first, last, offset, lastOffset, random.Next(4) == 0 ? random.NextInt64(last - first + 1) : 0);
            next = last + 1;
        }

        return runs;
    }

    private static WorkerEvidence With(SequenceRun[] runs)
    {
        var full = Full();
        var consumer = full.Consumers[0];
        var partition = consumer.Partitions[0];
        var segment = partition.Segments[0];
        var stream = segment.Streams[0] with { Runs = runs, Count = runs.Sum(run => run.Present) };
        return full with { Consumers = [consumer with { Partitions = [partition with { Segments = [segment with { Streams = [stream] }] }] }] };
    }

    private static JsonNode StreamOf(JsonNode evidence) => evidence["consumers"]![0]!["partitions"]![0]!["segments"]![0]!["streams"]![0]!;

    private static IReadOnlyList<SequenceRun> RunsOf(JsonNode evidence) =>
        EvidenceJson.Read(Encoding.UTF8.GetBytes(evidence.ToJsonString())).Consumers[0].Partitions[0].Segments[0].Streams[0].Runs;

    private static WorkerEvidence Full()
    {
        var ledger = new ProducerLedger(7, "p", TestReader.Topic, 2, Acks.All, Guarantee.ExactlyOnce, "tx");
        ledger.BeginTransaction(1);
        for (var i = 0; i < 5; i++)
            ledger.Acknowledged(0, ledger.Next(0), i);
        ledger.EndTransaction(TransactionOutcome.Committed, 2);
        ledger.Failed(1, ledger.Next(1));
        ledger.Indeterminate(1, ledger.Next(1));
        var checker = new ConsumerChecker("c", TestRecord.Run, Isolation.ReadCommitted, group: "g");
        var handle = checker.Assign();
        checker.ReadSequences(handle, 0, 0, 1, 4, 1);
        checker.Read(handle, 4, TestRecord.Of(7, 0, 5).WithByte(2, 1));
        checker.Read(handle, 5, TestRecord.Of(7, 0, 6, transaction: 1));
        checker.Revoked(handle, 3);
        var latency = new LatencyHistogram();
        latency.Record(-4);
        latency.Record(123_456);
        return new WorkerEvidence
        {
            Run = TestRecord.Run,
            Worker = "w0",
            Epoch = 1,
            Number = 3,
            At = DateTimeOffset.UnixEpoch,
            Final = true,
            Producers = [ledger.Snapshot()],
            Consumers = [checker.Snapshot()],
            PublishLatency = latency.Snapshot(),
            Anomalies = [new AnomalyTally(AnomalyKind.StuckMember, 1, [new AnomalyExample { Detail = "lag 5" }])],
        };
    }
}
