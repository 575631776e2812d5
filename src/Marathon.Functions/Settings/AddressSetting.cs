using Marathon.Configuration;
using Microsoft.Extensions.Configuration;

namespace Marathon.Functions.Settings;

/// <summary>An https address that the deployment sets.</summary>
internal static class AddressSetting
{
    /// <summary>Reads it; when it is missing or wrong, adds an error and answers an address that is not used.</summary>
    public static Uri Read(IConfiguration settings, string key, List<SpecError> errors)
    {
        if (Uri.TryCreate(settings[key], UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps)
        {
            return uri;
        }

        // As the portal and the templates write it.
        string name = key.Replace(":", "__", StringComparison.Ordinal);
        errors.Add(new SpecError(name, $"'{settings[key]}' is no https address", "the deployment sets it: deploy infra/main.bicep again"));
        return new Uri("https://localhost");
    }
}
