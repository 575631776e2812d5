using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Marathon.Worker.Commands;

/// <summary>Bodies of commands: JSON, of a bounded size.</summary>
internal static class CommandBody
{
    public static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength is not (null or 0) && !request.HasJsonContentType())
        {
            throw new CommandRefusedException(
                StatusCodes.Status415UnsupportedMediaType, $"the body is '{request.ContentType}'", "send application/json", "Content-Type");
        }

        try
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
            return body.ToArray();
        }
        catch (BadHttpRequestException bad)
        {
            throw new CommandRefusedException(bad.StatusCode, bad.Message, $"send at most {CommandEndpoint.MaximumBodyBytes} bytes, and all of them");
        }
    }

    public static T Parse<T>(byte[] body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type)
                ?? throw new CommandRefusedException(StatusCodes.Status400BadRequest, "the body is null", $"send a {typeof(T).Name} as JSON", "$");
        }
        catch (JsonException wrong)
        {
            throw new CommandRefusedException(
                StatusCodes.Status400BadRequest, $"the body is not a {typeof(T).Name}: {wrong.Message}", "correct the field", wrong.Path ?? "$");
        }
    }
}
