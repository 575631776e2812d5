namespace Marathon.Controller.Fleets;

/// <summary>What the machines of a fleet cost, at list prices. Disks, traffic and the controller are not in it.</summary>
/// <param name="Dollars">US dollars, as far as prices are known.</param>
/// <param name="MachineHours">Hours of all machines.</param>
/// <param name="HoursWithoutPrice">Hours of machines whose price is not known, and which <paramref name="Dollars"/> leaves out.</param>
/// <param name="DollarsAtRegularPrice">What the same hours would have cost at the regular price; null where one is not known.</param>
public sealed record FleetCost(decimal Dollars, double MachineHours, double HoursWithoutPrice, decimal? DollarsAtRegularPrice)
{
    /// <summary>Two fleets together.</summary>
    public FleetCost And(FleetCost other) => new(
        Dollars + other.Dollars,
        MachineHours + other.MachineHours,
        HoursWithoutPrice + other.HoursWithoutPrice,
        DollarsAtRegularPrice + other.DollarsAtRegularPrice);
}
