using Azure.Core.Serialization;
using Marathon.Durable;

namespace Marathon.Functions.Durable;

/// <summary>
/// Our data converter as the Functions worker takes it. Inputs and outputs of orchestrations and activities then have the
/// same JSON in both hosts.
/// </summary>
internal sealed class DurableSerializer(DataConverter converter) : ObjectSerializer
{
    public override void Serialize(Stream stream, object? value, Type inputType, CancellationToken cancellationToken)
    {
        using StreamWriter writer = new(stream, leaveOpen: true);
        writer.Write(converter.Serialize(value) ?? "null");
    }

    public override async ValueTask SerializeAsync(Stream stream, object? value, Type inputType, CancellationToken cancellationToken)
    {
        await using StreamWriter writer = new(stream, leaveOpen: true);
        await writer.WriteAsync((converter.Serialize(value) ?? "null").AsMemory(), cancellationToken);
    }

    public override object? Deserialize(Stream stream, Type returnType, CancellationToken cancellationToken)
    {
        using StreamReader reader = new(stream, leaveOpen: true);
        return converter.Deserialize(reader.ReadToEnd(), returnType);
    }

    public override async ValueTask<object?> DeserializeAsync(Stream stream, Type returnType, CancellationToken cancellationToken)
    {
        using StreamReader reader = new(stream, leaveOpen: true);
        return converter.Deserialize(await reader.ReadToEndAsync(cancellationToken), returnType);
    }
}
