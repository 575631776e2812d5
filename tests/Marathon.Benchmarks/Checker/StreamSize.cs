using Marathon.Records;
using Marathon.Verification;

namespace Marathon.Benchmarks.Checker;

/// <summary>Memory of one (incarnation, partition), as the mean of a thousand.</summary>
internal static class StreamSize
{
    private const int Incarnations = 1000;

    public static long Measure(int holes)
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
        GC.KeepAlive(checker);
        return size;
    }
}
