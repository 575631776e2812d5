namespace Marathon.Testbed.Records;

/// <summary>One record of a batch. Null key or value is absent; headers stay as they are on the wire, their count included.</summary>
internal sealed record LogRecord(
    long Offset, long Timestamp, ReadOnlyMemory<byte>? Key, ReadOnlyMemory<byte>? Value, ReadOnlyMemory<byte> RawHeaders)
{
    /// <summary>The wire form of "no headers".</summary>
    public static ReadOnlyMemory<byte> NoHeaders { get; } = new byte[] { 0 };

    /// <summary>The record with bytes of its own: those of a request are gone with it.</summary>
    public LogRecord Copy() => this with { Key = Copy(Key), Value = Copy(Value), RawHeaders = RawHeaders.ToArray() };

    private static ReadOnlyMemory<byte>? Copy(ReadOnlyMemory<byte>? bytes) => bytes is { } present ? new ReadOnlyMemory<byte>(present.ToArray()) : null;
}
