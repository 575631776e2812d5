using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Marathon.Durable.History;

namespace Marathon.Durable.Embedded.Storage;

/// <summary>The JSON of what the store keeps.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true, PropertyNameCaseInsensitive = false)]
[JsonSerializable(typeof(HistoryEvent))]
[JsonSerializable(typeof(List<EventRaisedEvent>))]
[JsonSerializable(typeof(ParentReference))]
[JsonSerializable(typeof(TaskFailureDetails))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class StoreJson : JsonSerializerContext
{
    public static string Write(HistoryEvent value) => JsonSerializer.Serialize(value, Default.HistoryEvent);

    public static HistoryEvent ReadEvent(string json) => JsonSerializer.Deserialize(json, Default.HistoryEvent)!;

    public static string? WriteOrNull<T>(T? value, JsonTypeInfo<T> type)
        where T : class => value is null ? null : JsonSerializer.Serialize(value, type);

    public static T? ReadOrNull<T>(string? json, JsonTypeInfo<T> type)
        where T : class => json is null ? null : JsonSerializer.Deserialize(json, type);
}
