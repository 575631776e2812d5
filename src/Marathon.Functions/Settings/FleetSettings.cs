using System.Globalization;
using Marathon.Azure.Fleets;
using Marathon.Configuration;
using Microsoft.Extensions.Configuration;

namespace Marathon.Functions.Settings;

/// <summary>Where the app's fleets are made, and what they are like: app settings <c>Marathon__Fleet__*</c>.</summary>
public sealed record FleetSettings
{
    private const string Section = "Marathon:Fleet";

    /// <summary>Subscription of the workers' resource group, a GUID.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The vault that keeps the tokens of runs.</summary>
    public required Uri KeyVault { get; init; }

    /// <summary>What the machines are like.</summary>
    public required SpotFleetOptions Fleet { get; init; }

    internal static FleetSettings Read(IConfiguration settings, List<SpecError> errors)
    {
        SpotFleetOptions standard = new()
        {
            ResourceGroup = Text("ResourceGroup"),
            Location = Text("Location"),
            SubnetId = Text("SubnetId"),
            IdentityId = Text("IdentityId"),
            IdentityClientId = Text("IdentityClientId"),
            Image = Text("Image"),
            Sizes = List(Text("Sizes")),
        };
        FleetSettings read = new()
        {
            SubscriptionId = Text("SubscriptionId"),
            KeyVault = AddressSetting.Read(settings, $"{Section}:KeyVaultUri", errors),
            Fleet = standard with
            {
                SecurityGroupId = settings[$"{Section}:SecurityGroupId"] is { Length: > 0 } group ? group : null,
                Zones = List(settings[$"{Section}:Zones"] ?? ""),
                MaxPricePerHour = Price(settings[$"{Section}:MaxPricePerHour"] ?? "-1"),
                RegularPriorityFallback = Flag(settings[$"{Section}:RegularPriorityFallback"] ?? "false"),
            },
        };
        if (errors.Count == 0)
        {
            errors.AddRange(read.Fleet.Problems().Select(problem => new SpecError(Section, problem, "change the app's settings, or the parameters of its deployment")));
        }

        return read;

        string Text(string name)
        {
            string key = $"{Section}:{name}";
            if (settings[key] is { Length: > 0 } text)
            {
                return text;
            }

            errors.Add(new SpecError(Name(key), "is missing", "the deployment sets it: deploy infra/main.bicep again"));
            return "";
        }

        double Price(string text)
        {
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double price))
            {
                errors.Add(new SpecError(Name($"{Section}:MaxPricePerHour"), $"'{text}' is no number", "give US dollars per hour, or -1"));
            }

            return price;
        }

        bool Flag(string text)
        {
            if (!bool.TryParse(text, out bool flag))
            {
                errors.Add(new SpecError(Name($"{Section}:RegularPriorityFallback"), $"'{text}' is neither true nor false", "give one of them"));
            }

            return flag;
        }
    }

    private static string[] List(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // As the portal and the templates write it.
    private static string Name(string key) => key.Replace(":", "__", StringComparison.Ordinal);
}
