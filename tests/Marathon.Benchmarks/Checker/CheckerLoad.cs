using Marathon.Latency;
using Marathon.Records;
using Marathon.Verification;

namespace Marathon.Benchmarks.Checker;

/// <summary>
/// Four producers write twelve partitions in batches of 100 records. Making the records is not timed; a batch is written into the
/// same few buffers, as a client's would be.
/// </summary>
internal static class CheckerLoad
{
    private const int Producers = 4, Partitions = 12, Batch = 100, Round = 100 * Batch;

    public static LoadCost Run(long records, int recordSize, bool verifiesChecksums, int keys = 0)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var checker = new ConsumerChecker(
            "benchmark", "run", Isolation.ReadCommitted, latency: new LatencyHistogram(), verifiesChecksums: verifiesChecksums);
        var handles = Enumerable.Range(0, Partitions).Select(partition => checker.Assigned("t", 1, partition, 0, 0)).ToArray();
        var (sequences, offsets) = (new long[Producers, Partitions], new long[Partitions]);
        var values = Enumerable.Range(0, Batch).Select(_ => new byte[recordSize]).ToArray();
        var keySequences = new long[Producers, Math.Max(keys, 1)];
        var random = new Random(1);
        var template = new RecordHeader { Run = RecordIdentity.Run("run"), TopicId = 1, Flags = RecordFlags.CreateTimeSet, IntendedAt = 1_000_000, SentAt = 3_000_000 };
        var (rounds, allocated) = (new Rounds(Round), 0L);
        for (long done = 0; done < records; done += Batch)
        {
            var (producer, partition) = (random.Next(Producers), random.Next(Partitions));
            for (var i = 0; i < Batch; i++)
            {
                var key = keys == 0 ? -1 : (random.Next(keys / Partitions) * Partitions) + partition;
                var header = template with
                {
                    Incarnation = producer + 1,
                    Partition = partition,
                    Sequence = sequences[producer, partition]++,
                    KeyId = key,
                    KeySequence = key < 0 ? 0 : keySequences[producer, key]++,
                };
                RecordCodec.Write(values[i], header, []);
            }

            var now = 2_000_000 + random.Next(1_000_000_000);
            var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
            var start = Rounds.Start();
            offsets[partition] = Check(checker, handles[partition], values, offsets[partition], now);
            rounds.Stop(start, Batch);
            allocated += GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        }

        foreach (var kind in Enum.GetValues<AnomalyKind>())
        {
            if (checker.Anomalies(kind) != 0)
                throw new InvalidOperationException($"the load has {checker.Anomalies(kind)} anomalies {kind}");
        }

        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(checker);
        return rounds.Cost(records, (double)allocated / records, kept);
    }

    // A method of its own, so that it is compiled as what runs for long in a worker is, and not in mid-loop.
    private static long Check(ConsumerChecker checker, int handle, byte[][] values, long offset, long now)
    {
        foreach (var value in values)
            checker.Received(handle, new ConsumedRecord { Offset = offset++, Value = value, CreateTime = 3, ReceivedAt = now });

        return offset;
    }
}
