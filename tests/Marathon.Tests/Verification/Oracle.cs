using Marathon.Records;
using Marathon.Verification;

namespace Marathon.Tests.Verification;

/// <summary>What a run should have been found to be, from the log itself.</summary>
internal static class Oracle
{
    public static void AssertAgrees(SimulatedRun run, VerificationResult result)
    {
        var sound = Sound(run).ToArray();
        var settled = run.Producers.Where(producer => producer.Evidence!.Settled).Select(producer => producer.Ledger.Incarnation).ToHashSet();
        long sent = 0, acked = 0, failed = 0, received = 0, indeterminateSeen = 0, failedVisible = 0, beyond = 0;
        foreach (var producer in run.Producers)
        {
            for (var partition = 0; partition < run.Logs.Count; partition++)
            {
                var seen = sound.Where(record => record.Incarnation == producer.Ledger.Incarnation && record.Home == partition)
                    .Select(record => record.Sequence).ToHashSet();
                var next = producer.Next[partition];
                beyond += producer.Evidence!.Settled ? seen.Count(sequence => sequence >= next) : 0;
                var all = producer.Evidence.Settled ? next : Math.Max(next, seen.DefaultIfEmpty(-1).Max() + 1);
                sent += all;
                var a = producer.Acked.Where(each => each.Partition == partition).Select(each => each.Sequence).ToHashSet();
                var f = producer.Failed.Where(each => each.Partition == partition).Select(each => each.Sequence).ToHashSet();
                acked += a.Count;
                failed += f.Count;
                received += a.Count(seen.Contains);
                failedVisible += f.Count(seen.Contains);
                indeterminateSeen += seen.Count(sequence => sequence < all && !a.Contains(sequence) && !f.Contains(sequence));
            }
        }

        var corrupt = run.Logs.Sum(log => log.Count(record => record is not null && !IsSound(record)));
        var unknown = sound.Where(record => run.Producers.All(producer => producer.Ledger.Incarnation != record.Incarnation)).Select(r => (r.Incarnation, r.Home, r.Sequence)).Distinct().Count();
        var records = result.Records;
        Assert.Empty(result.Gaps);
        Assert.Equal(records.Sent, records.Acked + records.Failed + records.Indeterminate);
        Assert.Equal(records.Acked, records.Received + records.Unseen + records.Lost);
        Assert.Equal(0, records.Unseen);
        Assert.Equal(sent, records.Sent);
        Assert.Equal(acked, records.Acked);
        Assert.Equal(failed, records.Failed);

        // Corrupt records take the place of what they were before.
        Assert.InRange(records.Received, received, received + corrupt);
        Assert.InRange(records.IndeterminateSeen, indeterminateSeen, indeterminateSeen + corrupt);
        AssertCount(result, AnomalyKind.LostAckedWrite, records.Lost);
        AssertCount(result, AnomalyKind.Phantom, beyond + unknown);
        AssertCount(result, AnomalyKind.FailedWriteVisible, failedVisible);
        AssertCount(result, AnomalyKind.Corrupt, corrupt);
        AssertCount(result, AnomalyKind.WrongPartition, sound.Count(record => record.Home != record.Partition));
        if (corrupt > 0)
            return;

        AssertCount(result, AnomalyKind.LostAckedWrite, acked - received);
        AssertCount(result, AnomalyKind.Duplicate, Streams(sound).Sum(stream => stream.Length - stream.Distinct().Count()));
        AssertCount(result, AnomalyKind.Reorder, Streams(sound).Sum(Late));
        AssertCount(result, AnomalyKind.OffsetConflict, 0);
        AssertCount(result, AnomalyKind.PollSkip, 0);
        AssertCount(result, AnomalyKind.StalePoll, 0);
    }

    /// <summary>First readings of a sequence that come after that of a higher one.</summary>
    private static long Late(long[] sequences)
    {
        long late = 0, highest = -1;
        foreach (var sequence in sequences.Distinct())
        {
            if (sequence < highest)
                late++;
            highest = Math.Max(highest, sequence);
        }

        return late;
    }

    private static IEnumerable<long[]> Streams(IEnumerable<Seen> records) =>
        records.GroupBy(record => (record.Partition, record.Incarnation, record.Home)).Select(group => group.Select(record => record.Sequence).ToArray());

    private static IEnumerable<Seen> Sound(SimulatedRun run) =>
        from partition in Enumerable.Range(0, run.Logs.Count)
        from record in run.Logs[partition]
        where record is not null && IsSound(record)
        let header = record.Header
        select new Seen(partition, header.Incarnation, header.Partition, header.Sequence);

    private static bool IsSound(TestRecord record) => RecordCodec.TryRead(record.Value, record.Key, [], out _, out _);

    private static void AssertCount(VerificationResult result, AnomalyKind kind, long expected)
    {
        var found = result.Anomalies.FirstOrDefault(finding => finding.Kind == kind)?.Count ?? 0;
        Assert.True(found == expected, $"{kind}: expected {expected}, found {found}");
    }

    private readonly record struct Seen(int Partition, long Incarnation, int Home, long Sequence);
}
