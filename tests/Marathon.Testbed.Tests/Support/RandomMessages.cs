using System.Collections;
using System.Reflection;
using Marathon.Testbed.Protocol;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Tests.Support;

/// <summary>Every message of the protocol, and random contents for it.</summary>
internal static class RandomMessages
{
    /// <summary>The request and, where it is a message of its own, the response of each request that the testbed answers.</summary>
    public static IEnumerable<(ApiSpec Spec, Type Message)> All { get; } =
    [
        .. from spec in ApiCatalog.All
           from suffix in (string[])["Request", "Response"]
           let type = typeof(ApiSpec).Assembly.GetType($"Marathon.Testbed.Apis.{spec.Key}.{spec.Key}{suffix}")
           where type?.GetConstructor([]) is not null
           select (spec, type),
    ];

    public static IMessage Of(Type type, Random random, int depth = 0)
    {
        var message = (IMessage)Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties().Where(p => p.CanWrite && p.SetMethod!.IsPublic))
        {
            var isNullable = new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
            if (!isNullable || random.Next(3) > 0)
                property.SetValue(message, Value(property.PropertyType, random, depth));
        }

        return message;
    }

    public static byte[] Write(IMessage message, short version, bool flexible)
    {
        using var writer = new WireWriter(version, flexible);
        writer.Struct(message);
        var bytes = new List<byte>();
        var written = 0;
        foreach (var (position, records) in writer.Splices)
        {
            bytes.AddRange(writer.Segment(written, position));
            bytes.AddRange(records.Contiguous().ToArray());
            written = position;
        }

        bytes.AddRange(writer.Segment(written, writer.Position));
        return [.. bytes];
    }

    private static object? Value(Type type, Random random, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
            return Enum.ToObject(type, random.Next(0, 60));
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>))
        {
            var list = (IList)Activator.CreateInstance(type)!;
            for (var count = random.Next(0, depth > 1 ? 2 : 4); count > 0; count--)
                list.Add(Value(type.GenericTypeArguments[0], random, depth + 1));
            return list;
        }

        if (typeof(IMessage).IsAssignableFrom(type))
            return Of(type, random, depth + 1);
        return type switch
        {
            _ when type == typeof(bool) => random.Next(2) == 0,
            _ when type == typeof(sbyte) => (sbyte)random.Next(-128, 128),
            _ when type == typeof(short) => (short)random.Next(short.MinValue, short.MaxValue + 1),
            _ when type == typeof(int) => random.Next(),
            _ when type == typeof(long) => random.NextInt64(),
            _ when type == typeof(string) => new string((char)random.Next('a', 'z' + 1), random.Next(0, 300)),
            _ when type == typeof(Guid) => new Guid(Bytes(random, 16)),
            _ when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>(Bytes(random, random.Next(0, 300))),
            _ when type == typeof(RecordSet) => new RecordSet(Bytes(random, random.Next(1, 300))),
            _ when type == typeof((int, long)) => (random.Next(), random.NextInt64()),
            _ => throw new NotSupportedException($"no random value for {type}"),
        };
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
