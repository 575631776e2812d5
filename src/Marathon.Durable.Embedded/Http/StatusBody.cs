using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Marathon.Durable.Embedded.Http;

/// <summary>The state of an instance as the API shows it.</summary>
internal static class StatusBody
{
    public static JsonObject Of(OrchestrationMetadata instance, bool showInput) => new()
    {
        ["name"] = instance.Name,
        ["instanceId"] = instance.InstanceId,
        ["runtimeStatus"] = instance.RuntimeStatus.ToString(),
        ["input"] = showInput ? Json(instance.SerializedInput) : null,
        ["customStatus"] = Json(instance.SerializedCustomStatus),

        // The output of a failed instance is a bare message, whatever it looks like.
        ["output"] = instance.RuntimeStatus is OrchestrationRuntimeStatus.Failed
            ? JsonValue.Create(instance.SerializedOutput ?? instance.FailureDetails?.ErrorMessage)
            : Json(instance.SerializedOutput),
        ["createdTime"] = Time(instance.CreatedAt),
        ["lastUpdatedTime"] = Time(instance.LastUpdatedAt),
    };

    public static JsonNode? Json(string? serialized)
    {
        if (serialized is null)
            return null;
        try
        {
            return JsonNode.Parse(serialized);
        }
        catch (JsonException)
        {
            return JsonValue.Create(serialized);
        }
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
