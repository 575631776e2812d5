namespace Marathon.Testbed.Records;

/// <summary>One record of a batch. Null key or value is absent; headers stay as they are on the wire, their count included.</summary>
internal sealed record LogRecord(
    long Offset, long Timestamp, ReadOnlyMemory<byte>? Key, ReadOnlyMemory<byte>? Value, ReadOnlyMemory<byte> RawHeaders)
{
    /// <summary>The wire form of "no headers".</summary>
    public static ReadOnlyMemory<byte> NoHeaders { get; } = new byte[] { 0 };
}
