using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Protocol;

/// <summary>
/// Writes a frame into a pooled buffer. Record batches are not copied: they are spliced in when the frame is sent
/// (<see cref="Splices"/>).
/// </summary>
internal sealed class WireWriter(short version, bool flexible) : Wire(version, flexible), IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(512);
    private int _length;
    private List<Splice>? _splices;

    /// <summary>Record batches to be sent after the first <paramref name="Position"/> bytes of the buffer.</summary>
    internal readonly record struct Splice(int Position, RecordSet Records);

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    public ArraySegment<byte> Segment(int start, int end) => new(_buffer, start, end - start);

    public IReadOnlyList<Splice> Splices => _splices ?? [];

    public long TotalLength => _length + (_splices?.Sum(splice => (long)splice.Records.Length) ?? 0);

    public int Position => _length;

    public void Patch(int position, int value) => BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(position), value);

    public void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    public override bool Bool(bool value)
    {
        Reserve(1)[0] = value ? (byte)1 : (byte)0;
        return value;
    }

    public override sbyte Int8(sbyte value)
    {
        Reserve(1)[0] = (byte)value;
        return value;
    }

    public override short Int16(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(Reserve(2), value);
        return value;
    }

    public override int Int32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(Reserve(4), value);
        return value;
    }

    public override long Int64(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(Reserve(8), value);
        return value;
    }

    public override Guid Uuid(Guid value)
    {
        value.TryWriteBytes(Reserve(16), bigEndian: true, out _);
        return value;
    }

    public override string String(string value)
    {
        NullableString(value);
        return value;
    }

    public override string? NullableString(string? value)
    {
        var length = value is null ? -1 : Encoding.UTF8.GetByteCount(value);
        if (Flexible)
            CompactLength(length);
        else
            Int16(checked((short)length));
        if (length > 0)
            Encoding.UTF8.GetBytes(value, Reserve(length));
        return value;
    }

    public override ReadOnlyMemory<byte> Bytes(ReadOnlyMemory<byte> value)
    {
        Length(value.Length);
        Raw(value.Span);
        return value;
    }

    public override RecordSet? Records(RecordSet? value)
    {
        Length(value?.Length ?? -1);
        if (value is { Length: > 0 })
            (_splices ??= []).Add(new Splice(_length, value));
        return value;
    }

    public override List<int> Int32s(List<int> values) => NullableInt32s(values)!;

    public override List<int>? NullableInt32s(List<int>? values)
    {
        Length(values?.Count ?? -1);
        foreach (var value in values ?? [])
            Int32(value);
        return values;
    }

    public override List<long> Int64s(List<long> values)
    {
        Length(values.Count);
        foreach (var value in values)
            Int64(value);
        return values;
    }

    public override List<string> Strings(List<string> values) => NullableStrings(values)!;

    public override List<string>? NullableStrings(List<string>? values)
    {
        Length(values?.Count ?? -1);
        foreach (var value in values ?? [])
            String(value);
        return values;
    }

    public override List<T> Array<T>(List<T> values) => NullableArray(values)!;

    public override List<T>? NullableArray<T>(List<T>? values)
        where T : default
    {
        Length(values?.Count ?? -1);
        foreach (var value in values ?? [])
            Struct(value);
        return values;
    }

    public override T? NullableStruct<T>(T? value)
        where T : class
    {
        Int8((sbyte)(value is null ? -1 : 1));
        if (value is not null)
            Struct(value);
        return value;
    }

    public override void Struct(IMessage message)
    {
        message.Exchange(this);
        if (!Flexible)
            return;
        if (message is ITaggedMessage tagged)
            Tags(tagged);
        else
            NoTags();
    }

    public void NoTags() => Reserve(1)[0] = 0;

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private void Tags(ITaggedMessage message)
    {
        int[] tags = [.. message.PresentTags(Version)];
        UnsignedVarInt((uint)tags.Length);
        foreach (var tag in tags)
        {
            UnsignedVarInt((uint)tag);
            var start = _length;
            message.ExchangeTag(tag, this);
            PrefixWithSize(start);
        }
    }

    private void PrefixWithSize(int start)
    {
        Span<byte> size = stackalloc byte[5];
        var count = VarInt.WriteUnsigned(size, (uint)(_length - start));
        Reserve(count);
        _buffer.AsSpan(start, _length - count - start).CopyTo(_buffer.AsSpan(start + count));
        size[..count].CopyTo(_buffer.AsSpan(start));
    }

    private void Length(int length)
    {
        if (Flexible)
            CompactLength(length);
        else
            Int32(length);
    }

    private void CompactLength(int length) => UnsignedVarInt((uint)(length + 1));

    private void UnsignedVarInt(uint value)
    {
        Span<byte> bytes = stackalloc byte[5];
        Raw(bytes[..VarInt.WriteUnsigned(bytes, value)]);
    }

    private Span<byte> Reserve(int count)
    {
        if (_length + count > _buffer.Length)
            Grow(count);
        var span = _buffer.AsSpan(_length, count);
        _length += count;
        return span;
    }

    private void Grow(int count)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + count));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
