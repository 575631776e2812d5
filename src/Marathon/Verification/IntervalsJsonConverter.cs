using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marathon.Verification;

/// <summary>Intervals as a flat array of bounds.</summary>
public sealed class IntervalsJsonConverter : JsonConverter<Intervals>
{
    /// <inheritdoc/>
    public override Intervals Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return Intervals.FromBounds(FlatArray.Read(ref reader));
        }
        catch (FormatException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Intervals value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var bound in value.Bounds)
            writer.WriteNumberValue(bound);

        writer.WriteEndArray();
    }
}
