using Marathon.Verification;

namespace Marathon.Tests.Verification;

/// <summary>Order, duplicates and holes of a stream, as its evidence has them, against a list of what was read.</summary>
public sealed class StreamEvidenceTests
{
    [Fact]
    public void Segments_AnyOrderAndCuts_AddUpToTheWhole()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var sequences = Shuffled(random);
            var limits = new CheckerLimits { SegmentOffsets = 16, RecentSegments = 1 };
            var checker = new ConsumerChecker("c", TestRecord.Run, Isolation.ReadUncommitted, limits: limits);
            var handle = checker.Assign();
            for (var offset = 0; offset < sequences.Count; offset++)
            {
                checker.Read(handle, offset, TestRecord.Of(7, 0, sequences[offset]));
                if (random.Next(10) == 0)
                    checker.Committed(handle, checker.Cut(handle));
            }

            checker.Committed(handle, checker.Cut(handle));
            var stream = checker.OnlyStream();
            Assert.Equal(sequences.Count, stream.Count);
            Assert.Equal(sequences.Distinct().Count(), stream.Runs.Sum(run => run.Present));
            Assert.True(Late(sequences).SetEquals(Numbers(stream.Late)), $"seed {seed}: {stream.Late}");
            foreach (var run in stream.Runs)
            {
                Assert.Equal(run.First, sequences[(int)run.FirstOffset]);
                Assert.Equal(run.Last, sequences[(int)run.LastOffset]);
                Assert.All(Numbers(Intervals.Of(run.First, run.Last + 1)), sequence => Assert.Contains(sequence, sequences));
            }
        }
    }

    [Fact]
    public void Segments_ManyHoles_StayExact_AndRecordsThatComeAgainAreFound()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var sequences = Enumerable.Range(0, 1500).Where(_ => random.Next(3) > 0).Select(number => (long)number).ToList();
            var again = random.Next(10) == 0 ? [] : sequences.Where(_ => random.Next(100) == 0).ToList();
            var filled = Enumerable.Range(0, 1500).Select(number => (long)number).Except(sequences).Where(_ => random.Next(50) == 0).ToList();
            sequences.AddRange(again);
            sequences.AddRange(filled);
            var limits = new CheckerLimits { SegmentOffsets = 64, RecentSegments = random.Next(1, 8) };
            var checker = new ConsumerChecker("c", TestRecord.Run, Isolation.ReadUncommitted, limits: limits);
            var handle = checker.Assign();
            for (var offset = 0; offset < sequences.Count; offset++)
                checker.Read(handle, offset, TestRecord.Of(7, 0, sequences[offset]));

            Assert.Equal(again.Count, checker.Anomalies(AnomalyKind.Duplicate));
            Assert.Equal(filled.Count, checker.Anomalies(AnomalyKind.Reorder));
            checker.Committed(handle, checker.Cut(handle));
            var stream = checker.OnlyStream();
            Assert.Equal(sequences.Order().Distinct(), stream.Runs.SelectMany(run => Numbers(Intervals.Of(run.First, run.Last + 1))));
            Assert.True(Late(sequences).SetEquals(Numbers(stream.Late)), $"seed {seed}: {stream.Late}");
            foreach (var run in stream.Runs)
            {
                Assert.Equal((run.First, run.Last, 0), (sequences[(int)run.FirstOffset], sequences[(int)run.LastOffset], run.Missing));
            }
        }
    }

    [Fact]
    public void Digest_SameRecordsInOtherOrder_IsTheSame_AndAnyChangeIsNot()
    {
        var one = Read((0, 5), (1, 6), (2, 7));

        Assert.Equal(one, Read((0, 5), (1, 6), (2, 7)));
        Assert.NotEqual(one, Read((0, 5), (1, 7), (2, 6)));
        Assert.NotEqual(one, Read((1, 5), (2, 6), (3, 7)));
        Assert.NotEqual(one, Read((0, 5), (1, 6)));
    }

    [Fact]
    public void Runs_AtTheirBound_BecomeBlurredAndSaySo()
    {
        var limits = new CheckerLimits { Runs = 4 };
        var checker = new ConsumerChecker("c", TestRecord.Run, Isolation.ReadUncommitted, limits: limits);
        var handle = checker.Assign();
        checker.ReadSequences(handle, 0, 0, 2, 4, 6, 8, 10, 12);

        var stream = checker.OnlyStream();
        Assert.Equal(4, stream.Runs.Count);
        Assert.Equal(7, stream.Runs.Sum(run => run.Present));
        Assert.Equal(new SequenceRun(0, 6, 0, 3, Missing: 3), stream.Runs[0]);

        // 3 may be late or a duplicate: nobody can tell any more.
        checker.ReadSequences(handle, 7, 3);
        Assert.Equal(1, checker.OnlyStream().Doubtful);
        Assert.Equal(0, checker.Anomalies(AnomalyKind.Duplicate));
    }

    private static ulong Read(params ReadOnlySpan<(long Offset, long Sequence)> records)
    {
        var checker = new ConsumerChecker("c", TestRecord.Run, Isolation.ReadUncommitted);
        var handle = checker.Assign();
        foreach (var (offset, sequence) in records)
            checker.Read(handle, offset, TestRecord.Of(7, 0, sequence));

        return checker.OnlyStream().Digest;
    }

    private static List<long> Shuffled(Random random)
    {
        var sequences = Enumerable.Range(random.Next(3), random.Next(1, 200)).Select(number => (long)number).Where(_ => random.Next(20) > 0).ToList();
        if (sequences.Count == 0)
            sequences.Add(0);
        for (var i = random.Next(0, 8); i > 0; i--)
        {
            var from = random.Next(sequences.Count);
            var sequence = sequences[from];
            if (random.Next(2) == 0)
                sequences.RemoveAt(from);

            sequences.Insert(random.Next(sequences.Count + 1), sequence);
        }

        return sequences;
    }

    private static HashSet<long> Late(List<long> sequences)
    {
        var (late, highest) = (new HashSet<long>(), -1L);
        foreach (var sequence in sequences.Distinct())
        {
            if (sequence < highest)
                late.Add(sequence);
            highest = Math.Max(highest, sequence);
        }

        return late;
    }

    private static IEnumerable<long> Numbers(Intervals intervals) =>
        intervals.SelectMany(interval => Enumerable.Range((int)interval.From, (int)interval.Count).Select(number => (long)number));
}
