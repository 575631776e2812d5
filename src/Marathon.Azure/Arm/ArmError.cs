using System.Text.Json;
using Azure;

namespace Marathon.Azure.Arm;

/// <summary>Why Resource Manager refused or failed: status (0 for a failed long operation), innermost code, message.</summary>
public sealed record ArmError(int Status, string Code, string Message, TimeSpan? RetryAfter = null)
{
    private static readonly TimeSpan s_defaultWait = TimeSpan.FromSeconds(15);

    /// <summary>Too many calls, or the service is not well: the same call later will do.</summary>
    public bool IsTransient => Status is 408 or 429 or >= 500;

    /// <summary>Another operation on the same resource is under way.</summary>
    public bool IsConflict => Status == 409 && !CapacityError.Is(this);

    /// <summary>When to try again: what the server says, else 15 s.</summary>
    public TimeSpan Wait => RetryAfter ?? s_defaultWait;

    /// <summary>Reads a refusal.</summary>
    public static ArmError From(RequestFailedException exception)
    {
        Response? response = exception.GetRawResponse();
        (string code, string message) = (exception.ErrorCode ?? "", FirstLine(exception.Message));
        if (response?.Content is { } content && Parse(content) is { } body)
            (code, message) = Innermost(body, code, message);
        return new ArmError(exception.Status, code, message, response is null ? null : RetryAfterOf(response));
    }

    /// <summary>Reads the <c>error</c> of a failed long operation.</summary>
    public static ArmError From(JsonElement error)
    {
        (string code, string message) = Innermost(error, "Unknown", "the operation failed and did not say why");
        return new ArmError(0, code, message);
    }

    internal static TimeSpan? RetryAfterOf(Response response) =>
        response.Headers.TryGetValue("Retry-After", out string? text) && int.TryParse(text, out int seconds) && seconds >= 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, 3600))
            : null;

    private static JsonElement? Parse(BinaryData content)
    {
        try
        {
            JsonElement body = content.ToObjectFromJson<JsonElement>();
            return body.ValueKind == JsonValueKind.Object && body.TryGetProperty("error", out JsonElement error) ? error : body;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>An allocation failure may come wrapped: the details say what really happened.</summary>
    private static (string Code, string Message) Innermost(JsonElement error, string code, string message)
    {
        if (error.ValueKind != JsonValueKind.Object) return (code, message);
        code = Text(error, "code") ?? code;
        message = Text(error, "message") ?? message;
        if (CapacityError.Is(new ArmError(0, code, message)) || !error.TryGetProperty("details", out JsonElement details) ||
            details.ValueKind != JsonValueKind.Array) return (code, message);
        foreach (JsonElement detail in details.EnumerateArray())
        {
            (string innerCode, string innerMessage) = Innermost(detail, code, message);
            if (CapacityError.Is(new ArmError(0, innerCode, innerMessage))) return (innerCode, innerMessage);
        }
        return (code, message);
    }

    private static string? Text(JsonElement error, string name) =>
        error.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd();
}
