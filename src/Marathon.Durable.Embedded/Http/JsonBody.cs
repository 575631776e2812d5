using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Marathon.Durable.Embedded.Http;

/// <summary>Reads a body that must be JSON.</summary>
internal static class JsonBody
{
    /// <summary>Room for a payload of the engine's limit in a wordy encoding; the engine measures what matters.</summary>
    public const int MaxBytes = 4 * PayloadLimits.MaxPayloadBytes;

    /// <returns>Null for an empty body and for the JSON null.</returns>
    /// <exception cref="ArgumentException">The content type is another.</exception>
    /// <exception cref="JsonException">It is no valid JSON.</exception>
    public static async Task<object?> ReadAsync(HttpRequest request, bool required)
    {
        if (!required && request.ContentLength is 0 or null && !request.Headers.TransferEncoding.Contains("chunked"))
            return null;
        if (!request.HasJsonContentType())
            throw new ArgumentException($"The content type is '{request.ContentType}'. Send application/json.");
        JsonElement value = await JsonSerializer.DeserializeAsync<JsonElement>(request.Body, cancellationToken: request.HttpContext.RequestAborted);
        return value.ValueKind is JsonValueKind.Null ? null : value;
    }
}
