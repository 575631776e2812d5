using System.Buffers.Binary;
using System.Text;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Protocol;

/// <summary>Reads a frame. Whatever does not fit ends in a <see cref="MalformedFrameException"/>, never beyond the frame's end.</summary>
internal sealed class WireReader(ReadOnlyMemory<byte> frame, short version, bool flexible) : Wire(version, flexible)
{
    /// <summary>Bounds what a small hostile frame can make us allocate; far above what any client sends.</summary>
    private const int MaxElementsPerFrame = 250_000;

    private readonly ReadOnlyMemory<byte> _frame = frame;
    private int _position;
    private int _end = frame.Length;
    private int _elements;

    public int Remaining => _end - _position;

    /// <summary>The same frame from here on, in the encoding of another version (header, then body).</summary>
    public WireReader As(short version, bool flexible) => new(_frame[_position.._end], version, flexible);

    public override bool Bool(bool value) => Take(1)[0] != 0;

    public override sbyte Int8(sbyte value) => (sbyte)Take(1)[0];

    public override short Int16(short value) => BinaryPrimitives.ReadInt16BigEndian(Take(2));

    public override int Int32(int value) => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    public override long Int64(long value) => BinaryPrimitives.ReadInt64BigEndian(Take(8));

    public override Guid Uuid(Guid value) => new(Take(16), bigEndian: true);

    public override string String(string value) =>
        NullableString(value) ?? throw new MalformedFrameException("a string that must not be null is null");

    public override string? NullableString(string? value)
    {
        var length = Flexible ? CompactLength() : Int16(0);
        return length switch
        {
            -1 => null,
            < -1 => throw new MalformedFrameException($"string length {length}"),
            _ => Encoding.UTF8.GetString(Take(length)),
        };
    }

    public override ReadOnlyMemory<byte> Bytes(ReadOnlyMemory<byte> value)
    {
        var length = Flexible ? CompactLength() : Int32(0);
        return length < 0 ? throw new MalformedFrameException($"bytes length {length}") : TakeMemory(length).ToArray();
    }

    /// <summary>The records are a slice of the frame: valid until the frame's buffer is used again.</summary>
    public override RecordSet? Records(RecordSet? value)
    {
        var length = Flexible ? CompactLength() : Int32(0);
        return length switch
        {
            -1 => null,
            < -1 => throw new MalformedFrameException($"records length {length}"),
            _ => new RecordSet(TakeMemory(length)),
        };
    }

    public override List<int> Int32s(List<int> values) => List(4, this, static r => r.Int32(0)) ?? throw NullArray();

    public override List<int>? NullableInt32s(List<int>? values) => List(4, this, static r => r.Int32(0));

    public override List<long> Int64s(List<long> values) => List(8, this, static r => r.Int64(0)) ?? throw NullArray();

    public override List<string> Strings(List<string> values) => NullableStrings(values) ?? throw NullArray();

    public override List<string>? NullableStrings(List<string>? values) => List(1, this, static r => r.String(""));

    public override List<T> Array<T>(List<T> values) => NullableArray(values) ?? throw NullArray();

    public override List<T>? NullableArray<T>(List<T>? values)
        where T : default => List(1, this, static r =>
        {
            var item = new T();
            r.Struct(item);
            return item;
        });

    public override T? NullableStruct<T>(T? value)
        where T : class
    {
        if (Int8(0) < 0)
            return null;
        var item = new T();
        Struct(item);
        return item;
    }

    public override void Struct(IMessage message)
    {
        message.Exchange(this);
        if (Flexible)
            Tags(message as ITaggedMessage);
    }

    public void Tags(ITaggedMessage? message)
    {
        var count = UnsignedVarInt();
        if (count > Remaining)
            throw new MalformedFrameException($"{count} tagged fields in {Remaining} bytes");
        for (var i = 0; i < count; i++)
        {
            var tag = UnsignedVarInt();
            var size = UnsignedVarInt();
            if (size > Remaining)
                throw new MalformedFrameException($"a tagged field of {size} bytes in {Remaining}");
            var (outerEnd, next) = (_end, _position + (int)size);
            _end = next;
            message?.ExchangeTag((int)tag, this);
            (_position, _end) = (next, outerEnd);
        }
    }

    private static MalformedFrameException NullArray() => new("an array that must not be null is null");

    private List<T>? List<T>(int minElementBytes, WireReader reader, Func<WireReader, T> element)
    {
        var count = Flexible ? CompactLength() : Int32(0);
        if (count == -1)
            return null;
        _elements += count;
        if (count < 0 || (long)count * minElementBytes > Remaining || _elements > MaxElementsPerFrame)
            throw new MalformedFrameException($"an array of {count} elements in {Remaining} bytes");
        var list = new List<T>(count);
        for (var i = 0; i < count; i++)
            list.Add(element(reader));
        return list;
    }

    private int CompactLength()
    {
        var value = UnsignedVarInt();
        return value > int.MaxValue ? throw new MalformedFrameException($"length {value}") : (int)value - 1;
    }

    private uint UnsignedVarInt()
    {
        uint value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = Take(1)[0];
            value |= (uint)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }

        throw new MalformedFrameException("a variable-length integer of more than five bytes");
    }

    private ReadOnlySpan<byte> Take(int count) => TakeMemory(count).Span;

    private ReadOnlyMemory<byte> TakeMemory(int count)
    {
        if (count > Remaining)
            throw new MalformedFrameException($"{count} bytes wanted, {Remaining} left");
        var taken = _frame.Slice(_position, count);
        _position += count;
        return taken;
    }
}
