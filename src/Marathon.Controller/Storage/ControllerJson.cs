using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marathon.Controller.Storage;

/// <summary>JSON of the controller's own files and of what comes over HTTP: camelCase, enums by name, unknown members refused.</summary>
public static class ControllerJson
{
    /// <summary>The options that everything is written and read with.</summary>
    public static JsonSerializerOptions Options { get; } = Create(JsonIgnoreCondition.WhenWritingNull);

    /// <summary>For files, which are read back by the same types: what is null is written, for readers insist on every member.</summary>
    public static JsonSerializerOptions Files { get; } = Create(JsonIgnoreCondition.Never);

    private static JsonSerializerOptions Create(JsonIgnoreCondition ignore)
    {
        JsonSerializerOptions options = new(JsonSerializerDefaults.Web)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            DefaultIgnoreCondition = ignore,
            NumberHandling = JsonNumberHandling.Strict,
            AllowDuplicateProperties = false,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
