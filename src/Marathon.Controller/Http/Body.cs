using System.Text.Json;
using Marathon.Controller.Storage;
using Microsoft.AspNetCore.Http;

namespace Marathon.Controller.Http;

/// <summary>Bodies of requests.</summary>
internal static class Body
{
    /// <summary>Reads a body whole, up to a limit.</summary>
    public static async Task<byte[]> ReadAsync(HttpContext context, long limit)
    {
        using MemoryStream buffer = new();
        byte[] chunk = new byte[16 << 10];
        int read;
        while ((read = await context.Request.Body.ReadAsync(chunk, context.RequestAborted)) > 0)
        {
            // Hosts whose server sets no limit of its own are covered here.
            if (buffer.Length + read > limit)
            {
                throw ProblemException.TooLarge(limit);
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }

    /// <summary>Reads a JSON body; members that nobody knows are refused.</summary>
    public static async Task<T> JsonAsync<T>(HttpContext context, long limit = 1 << 20)
        where T : class
    {
        byte[] bytes = await ReadAsync(context, limit);
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
