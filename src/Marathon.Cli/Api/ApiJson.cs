using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marathon.Cli.Api;

/// <summary>JSON of answers: a newer controller may say more than is known here, and leaves out what is null.</summary>
internal static class ApiJson
{
    /// <summary>The options that answers are read with.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };
}
