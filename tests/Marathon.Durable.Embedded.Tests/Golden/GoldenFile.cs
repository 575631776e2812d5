using System.Text.Json.Nodes;

namespace Marathon.Durable.Embedded.Tests.Golden;

/// <summary>What the reference engine did, by scenario.</summary>
public static class GoldenFile
{
    private static readonly Dictionary<string, JsonObject> s_scenarios = Load();

    public static IReadOnlyCollection<string> Names => s_scenarios.Keys;

    /// <summary>A copy, with the names of types as they are here.</summary>
    public static JsonObject Observed(string scenario) => (JsonObject)Normalise(s_scenarios[scenario]["observed"]!.DeepClone())!;

    public static JsonNode? Normalise(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject record:
                foreach ((string name, JsonNode? value) in record.ToList())
                {
                    // Which inner exceptions an engine keeps between its layers is its own affair.
                    if (name == "innerExceptionType" && value?.GetValue<string>() is { } type && !type.StartsWith("System.", StringComparison.Ordinal))
                        record[name] = null;
                    else if (Normalise(value) is { } other && !ReferenceEquals(other, value))
                        record[name] = other;
                }

                return record;
            case JsonArray list:
                for (int i = 0; i < list.Count; i++)
                {
                    if (Normalise(list[i]) is { } other && !ReferenceEquals(other, list[i]))
                        list[i] = other;
                }

                return list;
            case JsonValue value when value.TryGetValue(out string? text):
                string mapped = text
                    .Replace("Microsoft.DurableTask.", "Marathon.Durable.", StringComparison.Ordinal)
                    .Replace("DurableTask.Core.Exceptions.", "Marathon.Durable.", StringComparison.Ordinal);
                return mapped == text ? value : JsonValue.Create(mapped);
            default:
                return node;
        }
    }

    private static Dictionary<string, JsonObject> Load()
    {
        string json = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "scenarios.json"));
        return JsonNode.Parse(json)!.AsArray().ToDictionary(scenario => scenario!["name"]!.GetValue<string>(), scenario => scenario!.AsObject());
    }
}
