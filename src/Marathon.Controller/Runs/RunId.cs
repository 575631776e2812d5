using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Marathon.Controller.Runs;

/// <summary>Ids of runs: they name folders, topics, orchestrations and URIs, so they hold little.</summary>
public static partial class RunId
{
    /// <summary>Makes one: <c>tail-read-20260102-030405-1a2b</c>.</summary>
    public static string Create(string scenario, TimeProvider time) => string.Create(
        CultureInfo.InvariantCulture, $"{scenario}-{time.GetUtcNow():yyyyMMdd-HHmmss}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}");

    /// <summary>Whether a text can be one: lower-case letters, digits and hyphens, at most 72.</summary>
    public static bool IsValid(string text) => Form().IsMatch(text);

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,71}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
