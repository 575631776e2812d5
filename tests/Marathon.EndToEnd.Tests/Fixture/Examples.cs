using System.Text.Json;

namespace Marathon.EndToEnd.Tests.Fixture;

/// <summary>What examples of a report must let a person do.</summary>
internal static class Examples
{
    /// <summary>Whether it tells what went on around what it is an example of.</summary>
    public static bool TellsWhatWasAround(JsonElement example) =>
        example.TryGetProperty("around", out JsonElement around) && around.ValueKind == JsonValueKind.Array && around.GetArrayLength() > 0;
}
