using System.Globalization;
using Marathon.Configuration;
using Microsoft.Extensions.Configuration;

namespace Marathon.Functions.Settings;

/// <summary>What the function app is configured with. It is read once at startup, so that a mistake stops the app there and then.</summary>
public sealed record FunctionsSettings
{
    private const string ControllerKey = "MARATHON_CONTROLLER_URI";
    private const string LeaseKey = "MARATHON_LEASE_SECONDS";
    private const double MinimumLeaseSeconds = 10, MaximumLeaseSeconds = 86_400;

    /// <summary>Where orchestrations are kept.</summary>
    public required DurableSettings Durable { get; init; }

    /// <summary>Where telemetry goes.</summary>
    public required TelemetrySettings Telemetry { get; init; }

    /// <summary>Where all that outlives an instance of the app is kept.</summary>
    public required StorageSettings Storage { get; init; }

    /// <summary>Where workers and operators reach the app.</summary>
    public required Uri Controller { get; init; }

    /// <summary>How long workers live without an answer: longer than on one machine, for an app may take a while to start.</summary>
    public required TimeSpan Lease { get; init; }

    /// <summary>Client id of the app's user-assigned identity; null on a developer's machine.</summary>
    public string? IdentityClientId { get; init; }

    /// <summary>The fleets.</summary>
    public required FleetSettings Fleet { get; init; }

    /// <summary>Reads the app's settings.</summary>
    /// <param name="settings">App settings, which the host hands over as environment variables.</param>
    /// <param name="host">host.json.</param>
    /// <param name="isSchedulerBuiltIn">Whether the app was built with the Durable Task Scheduler's extension.</param>
    /// <exception cref="SpecException">Names every setting that is missing or wrong.</exception>
    public static FunctionsSettings Read(IConfiguration settings, IConfiguration host, bool isSchedulerBuiltIn)
    {
        List<SpecError> errors = [];
        FunctionsSettings read = new()
        {
            Durable = DurableSettings.Read(settings, host, isSchedulerBuiltIn, errors),
            Telemetry = TelemetrySettings.Read(settings, errors),
            Storage = StorageSettings.Read(settings, errors),
            Controller = ReadController(settings, errors),
            Lease = ReadLease(settings, errors),
            IdentityClientId = settings["AZURE_CLIENT_ID"],
            Fleet = FleetSettings.Read(settings, errors),
        };
        return errors.Count == 0 ? read : throw new SpecException(errors);
    }

    private static Uri ReadController(IConfiguration settings, List<SpecError> errors)
    {
        // The platform and the local tools say under which name the app is served.
        string name = settings["WEBSITE_HOSTNAME"] ?? "localhost:7071";
        string scheme = name.StartsWith("localhost", StringComparison.OrdinalIgnoreCase) ? "http" : "https";
        string text = settings[ControllerKey] ?? $"{scheme}://{name}";
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https")
        {
            return uri!;
        }

        errors.Add(new SpecError(ControllerKey, $"'{text}' is not an http or https address", "give the address at which workers reach this app"));
        return new Uri("http://localhost");
    }

    private static TimeSpan ReadLease(IConfiguration settings, List<SpecError> errors)
    {
        string text = settings[LeaseKey] ?? "300";
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
            && seconds is >= MinimumLeaseSeconds and <= MaximumLeaseSeconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        errors.Add(new SpecError(
            LeaseKey, $"'{text}' is not between {MinimumLeaseSeconds} and {MaximumLeaseSeconds}", "give the number of seconds that workers live without an answer"));
        return default;
    }
}
