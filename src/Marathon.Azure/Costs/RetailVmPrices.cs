using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Marathon.Azure.Arm;

namespace Marathon.Azure.Costs;

/// <summary>List prices from the Azure Retail Prices API, which needs no account. Spot prices change; what was read is kept for six hours.</summary>
public sealed partial class RetailVmPrices(HttpClient http, TimeProvider time, Uri? baseAddress = null) : IVmPrices
{
    private const int MaxPages = 10;
    private static readonly TimeSpan s_kept = TimeSpan.FromHours(6);

    private readonly Uri baseAddress = baseAddress ?? new Uri("https://prices.azure.com/");
    private readonly SharedReads<IReadOnlyList<RetailPrice>> prices = new(time, s_kept);

    /// <inheritdoc />
    public async Task<decimal?> PerHourAsync(string size, string region, bool spot, CancellationToken cancellationToken)
    {
        // Both go into a filter expression between quotes.
        if (!Name().IsMatch(size)) throw new ArgumentException($"'{size}' is not a VM size; say, Standard_D2as_v5", nameof(size));
        if (!Name().IsMatch(region)) throw new ArgumentException($"'{region}' is not a region; say, westeurope", nameof(region));
        IReadOnlyList<RetailPrice> found = await prices.GetAsync($"{region}/{size}", token => ReadAsync(size, region, token), cancellationToken);
        return found.Where(price => price.IsSpot == spot).Select(price => (decimal?)price.RetailDollars).Min();
    }

    private async Task<IReadOnlyList<RetailPrice>> ReadAsync(string size, string region, CancellationToken cancellationToken)
    {
        string filter = $"serviceName eq 'Virtual Machines' and priceType eq 'Consumption' and armRegionName eq '{region}' and armSkuName eq '{size}'";
        Uri? page = new(baseAddress, $"api/retail/prices?currencyCode='USD'&$filter={Uri.EscapeDataString(filter)}");
        List<RetailPrice> found = [];
        for (int pages = 0; page is not null && pages < MaxPages; pages++)
        {
            JsonElement body = await http.GetFromJsonAsync<JsonElement>(page, cancellationToken);
            if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("Items", out JsonElement items) || items.ValueKind != JsonValueKind.Array)
                throw new JsonException("the price list's answer holds no Items");
            found.AddRange(items.EnumerateArray().Select(RetailPrice.Read).OfType<RetailPrice>());
            page = body.TryGetProperty("NextPageLink", out JsonElement next) && next.ValueKind == JsonValueKind.String && next.GetString() is { Length: > 0 } link
                ? SameHost(new Uri(link))
                : null;
        }
        return found;
    }

    private Uri SameHost(Uri next) => next.Host == baseAddress.Host
        ? next
        : throw new JsonException($"the price list's next page is at another host: {next.Host}");

    [GeneratedRegex("^[A-Za-z0-9_-]{1,60}\\z")]
    private static partial Regex Name();
}
