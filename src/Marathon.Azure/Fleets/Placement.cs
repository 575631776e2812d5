namespace Marathon.Azure.Fleets;

/// <summary>One way to get machines. Each that is tried becomes a scale set of its own, for a set has one size and one priority.</summary>
/// <param name="Index">Its place in the order of preference, and the last part of its set's name.</param>
/// <param name="Size">VM size.</param>
/// <param name="Zone">Zone; null is anywhere in the region.</param>
/// <param name="Spot">Spot, or regular priority.</param>
public sealed record Placement(int Index, string Size, string? Zone, bool Spot)
{
    /// <summary>A Flexible scale set holds at most so many machines.</summary>
    public const int MaxMachines = 1000;

    /// <summary>All placements of a fleet, best first: each size in each zone on the spot market, then at the regular price if allowed.</summary>
    public static IReadOnlyList<Placement> All(SpotFleetOptions options)
    {
        string?[] zones = options.Zones.Count == 0 ? new string?[] { null } : [.. options.Zones];
        List<Placement> all = [];
        foreach (bool spot in options.RegularPriorityFallback ? [true, false] : new[] { true })
        {
            foreach (string size in options.Sizes)
            {
                foreach (string? zone in zones)
                    all.Add(new Placement(all.Count, size, zone, spot));
            }
        }
        return all;
    }

    /// <inheritdoc />
    public override string ToString() => $"{Size} {(Spot ? "spot" : "regular")}{(Zone is null ? "" : " in zone " + Zone)}";
}
