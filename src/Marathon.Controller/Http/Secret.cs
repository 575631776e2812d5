using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Marathon.Controller.Http;

/// <summary>Keys and tokens of requests.</summary>
public static class Secret
{
    /// <summary>Header of the operator key, the same as for Functions keys.</summary>
    public const string OperatorKeyHeader = "x-functions-key";

    /// <summary>Compares in a time that does not depend on where they differ.</summary>
    public static bool Matches(string? given, string expected) =>
        given is not null
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));

    /// <summary>The token of <c>Authorization: Bearer</c>; null when there is none.</summary>
    internal static string? Bearer(HttpRequest request)
    {
        string header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;
    }

    /// <summary>The operator key of a request; null when there is none.</summary>
    internal static string? OperatorKey(HttpRequest request) =>
        request.Headers.TryGetValue(OperatorKeyHeader, out Microsoft.Extensions.Primitives.StringValues key) ? key.ToString() : Bearer(request);
}
