using Marathon.Controller.Fleets;

namespace Marathon.Azure.Costs;

/// <summary>Adds up what machines cost.</summary>
public static class RunCost
{
    /// <summary>Hours times price per hour, by size and priority. Compute bills by the second.</summary>
    /// <param name="machines">The machines.</param>
    /// <param name="region">Their region.</param>
    /// <param name="until">Now, for those that still run.</param>
    /// <param name="prices">Prices.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<FleetCost> OfAsync(
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
        return new FleetCost(dollars, hours, unknown, regularDollars);
    }
}
