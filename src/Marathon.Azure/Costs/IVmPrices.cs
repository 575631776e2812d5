namespace Marathon.Azure.Costs;

/// <summary>What a virtual machine costs.</summary>
public interface IVmPrices
{
    /// <summary>Price of a Linux machine, US dollars per hour; null when there is none for that size, region and priority.</summary>
    /// <param name="size">VM size: <c>Standard_D2as_v5</c>.</param>
    /// <param name="region">Region: <c>westeurope</c>.</param>
    /// <param name="spot">Spot, or regular.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<decimal?> PerHourAsync(string size, string region, bool spot, CancellationToken cancellationToken);
}
