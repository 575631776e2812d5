using Marathon.Verification;

namespace Marathon.Tests.Verification;

/// <summary>Feeds records to a checker.</summary>
internal static class TestReader
{
    public const string Topic = "t";

    public static int Assign(this ConsumerChecker checker, int partition = 0, long start = 0) => checker.Assigned(Topic, 1, partition, start, 0);

    public static void Read(this ConsumerChecker checker, int handle, long offset, TestRecord record, long now = 2_000_000_000) =>
        checker.Received(handle, new ConsumedRecord
        {
            Offset = offset,
            Key = record.Key,
            Value = record.Value,
            CreateTime = record.CreateTime,
            ReceivedAt = now,
        });

    public static void ReadSequences(this ConsumerChecker checker, int handle, long firstOffset, params ReadOnlySpan<long> sequences)
    {
        foreach (var sequence in sequences)
            checker.Read(handle, firstOffset++, TestRecord.Of(7, 0, sequence));
    }

    public static StreamEvidence OnlyStream(this ConsumerChecker checker) =>
        Assert.Single(Assert.Single(Assert.Single(checker.Snapshot().Partitions).Segments).Streams);
}
