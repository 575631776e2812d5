namespace Marathon.Azure.Arm;

/// <summary>A quota that is used up.</summary>
/// <param name="Name">As Compute calls it: <c>LowPriorityCores</c>, <c>Total Regional Cores</c>, <c>standardDSv5Family Cores</c>.</param>
/// <param name="Limit">vCPUs allowed; null where the message does not tell, as for the others.</param>
/// <param name="Usage">vCPUs in use.</param>
/// <param name="NewLimit">The least limit that would do.</param>
public sealed record QuotaShortage(string Name, int? Limit, int? Usage, int? NewLimit)
{
    /// <summary>All spot machines of a region share one quota, whatever their size.</summary>
    public bool CoversAllSpot =>
        Name.Contains("LowPriority", StringComparison.OrdinalIgnoreCase) || Name.Contains("Spot", StringComparison.OrdinalIgnoreCase);

    /// <summary>All machines of regular priority share it.</summary>
    public bool CoversAllRegular => !CoversAllSpot && Name.Contains("Total Regional", StringComparison.OrdinalIgnoreCase);
}
