using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marathon.Reports;

/// <summary>JSON of reports: camelCase, indented, nulls written.</summary>
public static class ReportJson
{
    /// <summary>The options that every report is written and read with.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.Strict,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
