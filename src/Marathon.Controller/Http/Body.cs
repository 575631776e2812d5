using System.Text.Json;
using Marathon.Controller.Storage;
using Microsoft.AspNetCore.Http;

namespace Marathon.Controller.Http;

/// <summary>Bodies of requests.</summary>
internal static class Body
{
    /// <summary>Reads a body whole; how large it may be is the route's to say.</summary>
    public static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using MemoryStream buffer = new();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return buffer.ToArray();
    }

    /// <summary>Reads a JSON body; members that nobody knows are refused.</summary>
    public static async Task<T> JsonAsync<T>(HttpContext context)
        where T : class
    {
        byte[] bytes = await ReadAsync(context);
        try
        {
            return JsonSerializer.Deserialize<T>(bytes, ControllerJson.Options) ?? throw ProblemException.Invalid("$", "is null", "give an object");
        }
        catch (JsonException error)
        {
            throw ProblemException.Invalid(
                error.Path is { Length: > 2 } path ? path["$.".Length..] : "body",
                Plain(error),
                "give JSON as the API's documentation describes it");
        }
    }

    private static string Plain(JsonException error)
    {
        int path = error.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        return path > 0 ? error.Message[..path] : error.Message;
    }
}
