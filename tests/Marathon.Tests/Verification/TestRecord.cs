using Marathon.Records;

namespace Marathon.Tests.Verification;

/// <summary>A record in a simulated log.</summary>
internal sealed record TestRecord(byte[] Value, byte[] Key, long CreateTime)
{
    public const string Run = "run-1";

    public static TestRecord Of(
        long incarnation,
        int partition,
        long sequence,
        int topicId = 1,
        int keyId = -1,
        long keySequence = 0,
        long transaction = 0,
        int transactionIndex = 0,
        long sentAt = 1_000_000_000,
        string run = Run,
        RecordFlags flags = RecordFlags.CreateTimeSet,
        SourceRecord? source = null,
        Transfer? transfer = null)
    {
        var value = new byte[120];
        byte[] blocks = source is null ? [] : new byte[ExtensionBlocks.SourceSize];
        if (source is { } from)
            ExtensionBlocks.Write(blocks, from);

        if (transfer is { } moved)
            ExtensionBlocks.Write(blocks = new byte[ExtensionBlocks.TransferSize], moved);

        byte[] key = keyId < 0 ? [] : BitConverter.GetBytes(keyId);
        var header = new RecordHeader
        {
            Flags = flags,
            Run = RecordIdentity.Run(run),
            TopicId = topicId,
            Partition = partition,
            Incarnation = incarnation,
            Sequence = sequence,
            KeyId = keyId,
            KeySequence = keySequence,
            TransactionId = transaction,
            TransactionIndex = transactionIndex,
            IntendedAt = sentAt,
            SentAt = sentAt,
        };
        RecordCodec.Write(value, header, key, [], blocks);
        return new TestRecord(value, key, RecordTime.ToKafkaTimestamp(sentAt));
    }

    public RecordHeader Header => RecordCodec.TryRead(Value, out var header, out _) ? header : default;

    public TestRecord WithByte(int at, byte change)
    {
        var value = Value.ToArray();
        value[at] ^= change;
        return this with { Value = value };
    }
}
