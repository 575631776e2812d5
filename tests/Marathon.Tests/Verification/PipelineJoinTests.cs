using Marathon.Records;
using Marathon.Verification;
using Marathon.Workers.Load;

namespace Marathon.Tests.Verification;

/// <summary>Consume-transform-produce: input topic 1, output topic 2, one partition each.</summary>
public sealed class PipelineJoinTests
{
    [Theory]
    [InlineData(0, 0, 1, 2, 3)]
    [InlineData(1, 0, 1, 2, 2, 3)]
    [InlineData(1, 0, 1, 3)]
    [InlineData(2, 0, 1, 3, 3)]
    [InlineData(0, 3, 1, 0, 2)]
    public void Join_OutputOfAnInputOfFour_IsBrokenByWhatIsMissingOrTwice(long broken, params int[] sources)
    {
        var result = Run(sources, drained: true);

        Assert.Equal(broken, SmallRun.Find(result, AnomalyKind.EosBroken)?.Count ?? 0);
        Assert.Null(SmallRun.Find(result, AnomalyKind.Duplicate));
    }

    [Fact]
    public void Join_ARecordMadeFromWhatWasTransformedBefore_IsNamedWithItsPlace()
    {
        var example = SmallRun.Find(Run([0, 1, 2, 2, 3], drained: true), AnomalyKind.EosBroken)!.Examples[0];

        Assert.Equal(("out", 0, 3L, 8L), (example.Topic, example.Partition, example.Offset, example.Incarnation));
        Assert.Equal("made from offset 2 of partition 0 of the input, from which an earlier record was made", example.Detail);
        Assert.NotEmpty(example.Around!);
    }

    [Fact]
    public void Join_WhileTheRunLasts_MissesNothing() => Assert.Empty(Run([0, 1], drained: false).Anomalies);

    private static VerificationResult Run(int[] sources, bool drained)
    {
        var (input, output) = (Ledger(7, "in"), Ledger(8, "out"));
        var checker = new ConsumerChecker("c", TestRecord.Run, Isolation.ReadCommitted);
        var (inputs, outputs) = (checker.Assigned("in", 1, 0, 0, 0), checker.Assigned("out", 2, 0, 0, 0));
        for (var i = 0; i < 4; i++)
        {
            input.Acknowledged(0, input.Next(0), i);
            checker.Read(inputs, i, TestRecord.Of(7, 0, i));
        }

        for (var i = 0; i < sources.Length; i++)
        {
            output.Acknowledged(0, output.Next(0), i);
            checker.Read(outputs, i, TestRecord.Of(8, 0, i, topicId: 2, source: new SourceRecord(1, 0, sources[i])));
            if (i == 1)
                checker.Cut(outputs);
        }

        var facts = new SmallRun { Guarantee = Guarantee.ExactlyOnce, Drained = drained }.Facts() with
        {
            Topics = [new TopicFacts { Name = "in", Id = 1 }, new TopicFacts { Name = "out", Id = 2 }],
        };
        return EvidenceJoin.Join(
            [
                new WorkerEvidence
                {
                    Run = TestRecord.Run, Worker = "w", Epoch = 1, Number = 1, At = DateTimeOffset.UnixEpoch,
                    Producers = [input.Snapshot(), output.Snapshot()], Consumers = [checker.Snapshot()],
                },
            ],
            facts);
    }

    private static ProducerLedger Ledger(long incarnation, string topic) =>
        new(incarnation, topic, topic, 1, Acks.All, Guarantee.ExactlyOnce);
}
