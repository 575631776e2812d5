using Marathon.Azure.Costs;

namespace Marathon.Azure.Tests.Fakes;

/// <summary>Two cents an hour on the spot market, eleven at the regular price.</summary>
public sealed class FakePrices : IVmPrices
{
    public const decimal Spot = 0.02m, Regular = 0.11m;

    /// <summary>What it fails with.</summary>
    public Exception? Failure { get; set; }

    public Task<decimal?> PerHourAsync(string size, string region, bool spot, CancellationToken cancellationToken) =>
        Failure is { } failure ? Task.FromException<decimal?>(failure) : Task.FromResult<decimal?>(spot ? Spot : Regular);
}
