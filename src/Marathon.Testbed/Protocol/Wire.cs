using Marathon.Testbed.Records;

namespace Marathon.Testbed.Protocol;

/// <summary>
/// Kafka's primitive types in the classic and the flexible (compact, tagged) encoding. Each method writes its argument and returns
/// it, or ignores it and returns what was read.
/// </summary>
internal abstract class Wire(short version, bool flexible)
{
    public short Version { get; } = version;

    public bool Flexible { get; } = flexible;

    public abstract bool Bool(bool value);

    public abstract sbyte Int8(sbyte value);

    public abstract short Int16(short value);

    public abstract int Int32(int value);

    public abstract long Int64(long value);

    public abstract Guid Uuid(Guid value);

    public abstract string String(string value);

    public abstract string? NullableString(string? value);

    public abstract ReadOnlyMemory<byte> Bytes(ReadOnlyMemory<byte> value);

    public abstract RecordSet? Records(RecordSet? value);

    public abstract List<int> Int32s(List<int> values);

    public abstract List<int>? NullableInt32s(List<int>? values);

    public abstract List<long> Int64s(List<long> values);

    public abstract List<string> Strings(List<string> values);

    public abstract List<string>? NullableStrings(List<string>? values);

    public abstract List<T> Array<T>(List<T> values)
        where T : IMessage, new();

    public abstract List<T>? NullableArray<T>(List<T>? values)
        where T : IMessage, new();

    /// <summary>A structure that may be absent (one byte says so).</summary>
    public abstract T? NullableStruct<T>(T? value)
        where T : class, IMessage, new();

    /// <summary>A structure with its tagged fields at the end.</summary>
    public abstract void Struct(IMessage message);

    public ErrorCode Error(ErrorCode value) => (ErrorCode)Int16((short)value);
}
