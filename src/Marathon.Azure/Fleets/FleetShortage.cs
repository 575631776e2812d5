using System.Globalization;
using System.Text;
using Marathon.Azure.Arm;

namespace Marathon.Azure.Fleets;

/// <summary>Tells a person why there are too few machines, and what to do about it.</summary>
internal static class FleetShortage
{
    public static string Describe(
        SpotFleetOptions options, IReadOnlyList<Placement> placements, IReadOnlyDictionary<int, Refusal> refused, int missing)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{missing} machines more are not to be had in {options.Location}. ");
        foreach ((int index, Refusal refusal) in refused.OrderBy(pair => pair.Key))
            text.Append(CultureInfo.InvariantCulture, $"{placements[index]}: {refusal.Code}. ");
        QuotaShortage[] quotas = [.. refused.Values.Select(refusal => refusal.Quota).OfType<QuotaShortage>().DistinctBy(quota => quota.Name)];
        foreach (QuotaShortage quota in quotas)
            text.Append(CultureInfo.InvariantCulture, $"Raise the quota '{quota.Name}' of {options.Location}{Numbers(quota)}. ");
        List<string> remedies = [];
        if (refused.Count < placements.Count && quotas.Length == 0) remedies.Add($"a scale set holds at most {Placement.MaxMachines}: name another size or zone");
        if (refused.Count > 0 && quotas.Length < refused.Count) remedies.Add("name another size, zone or region");
        if (!options.RegularPriorityFallback) remedies.Add("allow regular priority");
        if (remedies.Count > 0) text.Append(CultureInfo.InvariantCulture, $"Or: {string.Join("; ", remedies)}.");
        return text.ToString().TrimEnd();
    }

    private static string Numbers(QuotaShortage quota) => quota is { Limit: { } limit, Usage: { } usage }
        ? string.Create(CultureInfo.InvariantCulture, $" (limit {limit}, in use {usage}{(quota.NewLimit is { } least ? $", at least {least} needed" : "")})")
        : "";
}
