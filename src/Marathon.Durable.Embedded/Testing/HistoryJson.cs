using System.Text.Json;
using Marathon.Durable.Embedded.Storage;
using Marathon.Durable.History;

namespace Marathon.Durable.Embedded;

/// <summary>Histories as text, an event a line, in the form that the database holds.</summary>
public static class HistoryJson
{
    public static string Write(IEnumerable<HistoryEvent> history) => string.Concat(history.Select(recorded => StoreJson.Write(recorded) + "\n"));

    /// <exception cref="JsonException">A line is no event.</exception>
    public static IReadOnlyList<HistoryEvent> Read(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(StoreJson.ReadEvent)];
}
