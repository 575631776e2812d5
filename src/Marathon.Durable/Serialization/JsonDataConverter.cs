using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Marathon.Durable;

/// <summary>System.Text.Json with its defaults, fields included. Null stands for no data at all.</summary>
public sealed class JsonDataConverter(JsonSerializerOptions? options = null) : DataConverter
{
    private static readonly JsonSerializerOptions s_options = new() { IncludeFields = true };
    private readonly JsonSerializerOptions _options = options ?? s_options;

    public static JsonDataConverter Default { get; } = new();

    [return: NotNullIfNotNull(nameof(value))]
    public override string? Serialize(object? value) => value is null ? null : JsonSerializer.Serialize(value, _options);

    public override object? Deserialize(string? data, Type targetType) =>
        data is null ? null : JsonSerializer.Deserialize(data, targetType, _options);
}
