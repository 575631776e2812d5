using System.Data.Common;
using Marathon.Configuration;
using Microsoft.Extensions.Configuration;

namespace Marathon.Functions.Settings;

/// <summary>Where telemetry goes: the settings that the Functions host itself obeys.</summary>
public sealed record TelemetrySettings
{
    private const string ConnectionKey = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string AuthenticationKey = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    /// <summary>Connection string of Application Insights; null sends nothing.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Whether the app's identity is shown, which an instance without keys asks for.</summary>
    public bool WithIdentity { get; init; }

    internal static TelemetrySettings Read(IConfiguration settings, List<SpecError> errors)
    {
        string? connection = settings[ConnectionKey];
        if (string.IsNullOrWhiteSpace(connection))
        {
            return new TelemetrySettings();
        }

        if (!Has(connection, "InstrumentationKey", _ => true))
        {
            errors.Add(new SpecError(
                ConnectionKey, "it names no InstrumentationKey", "copy the connection string of the Application Insights instance, or leave the setting out to send no telemetry"));
        }

        return new TelemetrySettings
        {
            ConnectionString = connection,
            WithIdentity = Has(settings[AuthenticationKey] ?? "", "Authorization", value => value.Equals("AAD", StringComparison.OrdinalIgnoreCase)),
        };
    }

    private static bool Has(string list, string name, Func<string, bool> accepts)
    {
        DbConnectionStringBuilder parts = [];
        try
        {
            parts.ConnectionString = list;
        }
        catch (ArgumentException)
        {
            return false;
        }

        return parts.TryGetValue(name, out object? value) && value is string { Length: > 0 } text && accepts(text);
    }
}
