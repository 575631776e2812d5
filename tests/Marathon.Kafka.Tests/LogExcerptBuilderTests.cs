using Marathon.Kafka.Rereading;
using Marathon.Records;
using Marathon.Verification;

namespace Marathon.Kafka.Tests;

/// <summary>What of a log is kept for a report.</summary>
public sealed class LogExcerptBuilderTests
{
    [Fact]
    public void OffsetsWithoutRecord_AndWhatNobodyCanRead_AreLinesToo()
    {
        var excerpt = new LogExcerptBuilder(new LogPlace(0, new Interval(6, 7)), 5);
        excerpt.BeginAt(1);
        Add(excerpt, 1, 0);
        Add(excerpt, 3, 1);
        excerpt.Add(4, [], [1, 2, 3], DateTime.UnixEpoch);
        excerpt.Add(5, RecordKey.Of(9), [], DateTime.UnixEpoch);
        Add(excerpt, 9, 2);
        excerpt.EndAt(10);

        Assert.Equal(
            [
                "in the log: offset 1: incarnation 7, sequence 0, key 4, transaction 3, sent 00:00:00.000001, timestamp 00:00:00.000",
                "in the log: offset 2: no record, as for the end of a transaction",
                "in the log: offset 3: incarnation 7, sequence 1, key 4, transaction 3, sent 00:00:00.000001, timestamp 00:00:00.000",
                "in the log: offset 4: unreadable (TooShort), 3 bytes",
                "in the log: offset 5: tombstone of key 9",
                "in the log: offsets 6 to 8: no records",
                "in the log: offset 9: incarnation 7, sequence 2, key 4, transaction 3, sent 00:00:00.000001, timestamp 00:00:00.000",
                "in the log: the log ends at offset 10",
            ],
            excerpt.ToExcerpt().Lines);
    }

    [Fact]
    public void SoughtRecord_AmongThousands_KeepsOnlyItsNeighbours()
    {
        var excerpt = new LogExcerptBuilder(new LogPlace(0, new Interval(0, 10_000), 7, 5_000), 2);
        excerpt.BeginAt(0);
        var offset = 0;
        while (!excerpt.IsComplete)
            Add(excerpt, offset, offset++);

        Assert.Equal(5_003, offset);
        Assert.Equal(5_000, excerpt.ToExcerpt().FoundAt);
        Assert.Equal([4_998L, 4_999, 5_000, 5_001, 5_002], excerpt.ToExcerpt().Lines.Select(OffsetOf));
    }

    [Fact]
    public void SoughtRecord_ThatDoesNotCome_IsGivenUpFiveOffsetsPastItsPlace()
    {
        var excerpt = new LogExcerptBuilder(new LogPlace(0, new Interval(10, 20), 7, 99), 5);
        excerpt.BeginAt(5);
        var offset = 5;
        while (!excerpt.IsComplete)
            Add(excerpt, offset, offset++);

        Assert.Equal(25, offset);
        Assert.Null(excerpt.ToExcerpt().FoundAt);
        Assert.Equal(Enumerable.Range(5, 11).Select(each => (long)each), excerpt.ToExcerpt().Lines.Select(OffsetOf));
    }

    [Fact]
    public void Place_ThatNothingBounds_IsReadToTheEnd()
    {
        var excerpt = new LogExcerptBuilder(new LogPlace(0, new Interval(10, RereadRequest.ToEnd), 7, 40), 5);
        excerpt.BeginAt(5);
        for (var offset = 5; offset < 50 && !excerpt.IsComplete; offset++)
            Add(excerpt, offset, offset);

        Assert.Equal(40, excerpt.ToExcerpt().FoundAt);
        Assert.Equal(Enumerable.Range(35, 11).Select(each => (long)each), excerpt.ToExcerpt().Lines.Select(OffsetOf));
    }

    private static long OffsetOf(string line) => long.Parse(line["in the log: offset ".Length..line.IndexOf(':', "in the log: ".Length)]);

    private static void Add(LogExcerptBuilder excerpt, long offset, long sequence)
    {
        var value = new byte[100];
        RecordCodec.Write(
            value, new RecordHeader { Run = 1, TopicId = 1, Partition = 0, Incarnation = 7, Sequence = sequence, KeyId = 4, TransactionId = 3, SentAt = 1_000 }, RecordKey.Of(4));
        excerpt.Add(offset, RecordKey.Of(4), value, DateTime.UnixEpoch);
    }
}
