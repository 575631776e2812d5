using System.Text.Json;
using Marathon.Configuration;

namespace Marathon.Cli.Api;

/// <summary>Turns an answer that is no success into the exception that says why.</summary>
internal static class ProblemOf
{
    /// <summary>A <see cref="SpecException"/> where the answer names fields, else an <see cref="ApiProblemException"/>.</summary>
    public static async Task<Exception> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        string body = await answer.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            using JsonDocument problem = JsonDocument.Parse(body);
            SpecError[] errors = problem.RootElement.TryGetProperty("errors", out JsonElement list)
                ? [.. list.EnumerateArray().Select(e => new SpecError(Text(e, "field"), Text(e, "problem"), Text(e, "remedy")))]
                : [];
            return errors.Length > 0
                ? new SpecException(errors)
                : new ApiProblemException((int)answer.StatusCode, Text(problem.RootElement, "title"), Text(problem.RootElement, "detail"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new ApiProblemException((int)answer.StatusCode, $"The controller answered {(int)answer.StatusCode}", body.Length > 500 ? body[..500] : body);
        }
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.ToString() : "";
}
