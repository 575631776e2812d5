using System.Text.RegularExpressions;
using Marathon.Azure.Faults;

namespace Marathon.Azure.Fleets;

/// <summary>What the machines of every fleet are like, and where they are made.</summary>
public sealed partial record SpotFleetOptions
{
    /// <summary>Resource group of the workers; nothing else lives in it.</summary>
    public required string ResourceGroup { get; init; }

    /// <summary>Region: <c>westeurope</c>.</summary>
    public required string Location { get; init; }

    /// <summary>Resource id of the workers' subnet.</summary>
    public required string SubnetId { get; init; }

    /// <summary>
    /// Resource id of the machines' own security group, beside that of the subnet, for rules that block a machine; null is none.
    /// </summary>
    public string? SecurityGroupId { get; init; }

    /// <summary>Resource id of the workers' user-assigned identity: it pulls the image and reads the run's token.</summary>
    public required string IdentityId { get; init; }

    /// <summary>Client id of the same identity.</summary>
    public required string IdentityClientId { get; init; }

    /// <summary>The worker's image: <c>marathon.azurecr.io/worker:1.2.3</c>.</summary>
    public required string Image { get; init; }

    /// <summary>Sizes in order of preference. The spot market has no B series.</summary>
    public required IReadOnlyList<string> Sizes { get; init; }

    /// <summary>Zones in order of preference; empty is a regional fleet. A fleet stays in one zone while there is room.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>Highest price of a spot machine, US dollars per hour; -1 is up to the regular price, never evicted for its price.</summary>
    public double MaxPricePerHour { get; init; } = -1;

    /// <summary>For how long the platform tries to bring an evicted machine back; null leaves it to the fleet's supervisor alone.</summary>
    public TimeSpan? SpotRestoreTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>So many machines of each set are of regular priority.</summary>
    public int BaseRegularPriorityCount { get; init; }

    /// <summary>Of those above the base, this share is of regular priority, in percent.</summary>
    public int RegularPriorityPercentageAboveBase { get; init; }

    /// <summary>Whether the whole of a fleet may be of regular priority where spot machines are not to be had.</summary>
    public bool RegularPriorityFallback { get; init; }

    /// <summary>Marketplace image of the machine, <c>publisher:offer:sku:version</c>; the boot script needs apt and systemd.</summary>
    public string MachineImage { get; init; } = "Canonical:ubuntu-24_04-lts:server:latest";

    /// <summary>Who answers for the machines; a tag.</summary>
    public string Owner { get; init; } = "marathon";

    /// <summary>After this a fleet may be removed whether its run lives or not; a tag. Longer than the longest run.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromDays(15);

    /// <summary>Says what is wrong with the options, each with its remedy.</summary>
    public IEnumerable<string> Problems()
    {
        if (Sizes.Count is 0 or > 8) yield return $"sizes: name 1 to 8 VM sizes, not {Sizes.Count}";
        foreach (string size in Sizes)
        {
            if (!SizeForm().IsMatch(size)) yield return $"sizes: '{size}' is not a VM size; say, Standard_D2as_v5";
            if (SeriesB().IsMatch(size)) yield return $"sizes: '{size}' is of the B series, which the spot market lacks; say, Standard_D2as_v5";
        }
        if (Zones.Any(zone => zone is not ("1" or "2" or "3"))) yield return "zones: each is 1, 2 or 3";
        if (MaxPricePerHour is not -1 and <= 0) yield return "maxPricePerHour: -1, or more than 0 US dollars";
        if (RegularPriorityPercentageAboveBase is < 0 or > 100) yield return "regularPriorityPercentageAboveBase: 0 to 100";
        if (BaseRegularPriorityCount is < 0 or > 1000) yield return "baseRegularPriorityCount: 0 to 1000";
        if (SecurityGroupId is not null && !DenyRules.IsGroup(SecurityGroupId)) yield return $"securityGroupId: '{SecurityGroupId}' is not the resource id of a network security group";
        if (MachineImage.Split(':').Length != 4) yield return "machineImage: publisher:offer:sku:version";
        if (Lifetime < TimeSpan.FromHours(1)) yield return "lifetime: an hour or more";
    }

    /// <exception cref="ArgumentException">Names every option that is wrong, and the remedy.</exception>
    public void Check()
    {
        string problems = string.Join("; ", Problems());
        if (problems.Length > 0) throw new ArgumentException("The fleet's options cannot be used: " + problems);
    }

    [GeneratedRegex(@"^(Standard|Basic)_[A-Za-z0-9_-]{1,40}\z")]
    private static partial Regex SizeForm();

    [GeneratedRegex(@"^Standard_B\d")]
    private static partial Regex SeriesB();
}
