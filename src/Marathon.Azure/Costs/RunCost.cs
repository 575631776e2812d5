namespace Marathon.Azure.Costs;

/// <summary>What the machines of a run cost, at list prices. Disks, traffic and the controller are not in it.</summary>
/// <param name="Dollars">US dollars, as far as prices are known.</param>
/// <param name="MachineHours">Hours of all machines.</param>
/// <param name="HoursWithoutPrice">Hours of machines whose price is not known, and which <paramref name="Dollars"/> leaves out.</param>
/// <param name="DollarsAtRegularPrice">What the same hours would have cost at the regular price; null where one is not known.</param>
public sealed record RunCost(decimal Dollars, double MachineHours, double HoursWithoutPrice, decimal? DollarsAtRegularPrice)
{
    /// <summary>Adds up lifetimes: hours times price per hour, by size and priority. Compute bills by the second.</summary>
    /// <param name="machines">The machines.</param>
    /// <param name="region">Their region.</param>
    /// <param name="until">Now, for those that still run.</param>
    /// <param name="prices">Prices.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<RunCost> OfAsync(
        IEnumerable<MachineLifetime> machines, string region, DateTimeOffset until, IVmPrices prices, CancellationToken cancellationToken)
    {
        decimal dollars = 0;
        decimal? regularDollars = 0;
        double hours = 0, unknown = 0;
        foreach (IGrouping<(string Size, bool Spot), MachineLifetime> kind in machines.GroupBy(machine => (machine.Size, machine.Spot)))
        {
            double hoursOfKind = kind.Sum(machine => Math.Max(0, ((machine.To ?? until) - machine.From).TotalHours));
            hours += hoursOfKind;
            if (await prices.PerHourAsync(kind.Key.Size, region, kind.Key.Spot, cancellationToken) is { } price)
                dollars += price * (decimal)hoursOfKind;
            else
                unknown += hoursOfKind;
            regularDollars += await prices.PerHourAsync(kind.Key.Size, region, spot: false, cancellationToken) * (decimal)hoursOfKind;
        }
        return new RunCost(dollars, hours, unknown, regularDollars);
    }
}
