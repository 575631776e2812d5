using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Marathon.Azure.Costs;

/// <summary>A price list that cannot be read costs nobody the run: its prices are not known, and the log says why.</summary>
internal sealed class ForgivingVmPrices(IVmPrices inner, ILogger logger) : IVmPrices
{
    /// <inheritdoc />
    public async Task<decimal?> PerHourAsync(string size, string region, bool spot, CancellationToken cancellationToken)
    {
        try
        {
            return await inner.PerHourAsync(size, region, spot, cancellationToken);
        }
        catch (Exception error) when (error is HttpRequestException or JsonException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            logger.PriceUnknown(size, region, error);
            return null;
        }
    }
}
