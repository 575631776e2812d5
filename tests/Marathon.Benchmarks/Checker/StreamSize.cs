using Marathon.Records;
using Marathon.Verification;

namespace Marathon.Benchmarks.Checker;

/// <summary>What one (incarnation, partition) takes, as the mean of a thousand: in memory, and in a checkpoint.</summary>
internal static class StreamSize
{
    private const int Incarnations = 1000;

    public static (long Memory, long Json) Measure(int holes)
    {
        var value = new byte[100];
        var checker = new ConsumerChecker("benchmark", "run", Isolation.ReadCommitted);
        var handle = checker.Assigned("t", 1, 0, 0, 0);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        long offset = 0;
        for (var incarnation = 1; incarnation <= Incarnations; incarnation++)
        {
            for (var i = 0; i <= holes; i++)
            {
                RecordCodec.Write(
                    value, new RecordHeader { Run = RecordIdentity.Run("run"), TopicId = 1, Incarnation = incarnation, Sequence = 2 * i }, []);
                checker.Received(handle, new ConsumedRecord { Offset = offset++, Value = value, ReceivedAt = 1 });
            }
        }

        checker.Committed(handle, checker.Cut(handle));
        var size = (GC.GetTotalMemory(forceFullCollection: true) - before) / Incarnations;
        var checkpoint = new WorkerEvidence
        {
            Run = "run",
            Worker = "w",
            Epoch = 1,
            Number = 1,
            At = DateTimeOffset.UnixEpoch,
            Consumers = [checker.Snapshot()],
        };
        return (size, EvidenceJson.Write(checkpoint).Length / Incarnations);
    }
}
