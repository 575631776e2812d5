using System.Data.Common;
using Marathon.Configuration;

namespace Marathon.Functions.Settings;

/// <summary>The connection string of the Durable Task Scheduler.</summary>
internal static class SchedulerConnection
{
    private const string Form =
        "write Endpoint=https://<scheduler>;Authentication=ManagedIdentity;ClientID=<id>, or for the emulator Endpoint=http://localhost:8080;Authentication=None";

    /// <summary>Checks it. The task hub comes from host.json; one that is named here too must be the same.</summary>
    public static void Check(string key, string? text, string hub, List<SpecError> errors)
    {
        DbConnectionStringBuilder parts = [];
        if (string.IsNullOrWhiteSpace(text) || !IsList(parts, text))
        {
            errors.Add(new SpecError(key, string.IsNullOrWhiteSpace(text) ? "is missing" : "is not a list of name=value", Form));
            return;
        }

        if (!Uri.TryCreate(Value(parts, "Endpoint"), UriKind.Absolute, out Uri? endpoint) || endpoint.Scheme is not ("http" or "https"))
        {
            errors.Add(new SpecError(key, "its Endpoint is no http or https address", Form));
        }

        if (Value(parts, "Authentication").Length == 0)
        {
            errors.Add(new SpecError(key, "its Authentication is missing", Form));
        }

        string named = Value(parts, "TaskHub");
        if (hub.Length > 0 && named.Length > 0 && !named.Equals(hub, StringComparison.OrdinalIgnoreCase))
        {
            errors.Add(new SpecError(key, $"its TaskHub '{named}' is not the hub '{hub}' of host.json", "leave TaskHub out, or name the same hub in both"));
        }
    }

    private static bool IsList(DbConnectionStringBuilder parts, string text)
    {
        try
        {
            parts.ConnectionString = text;
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string Value(DbConnectionStringBuilder parts, string name) => parts.TryGetValue(name, out object? value) ? value as string ?? "" : "";
}
