using System.Text.Json;
using Marathon.Azure.Costs;
using Marathon.Azure.Tests.Fakes;
using Marathon.Controller.Fleets;

namespace Marathon.Azure.Tests.Costs;

public sealed class CostTests
{
    private const string Size = "Standard_D2as_v5", Region = "westeurope";
    private static readonly DateTimeOffset s_start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly VirtualClock clock = new();

    private Answers List { get; } = new(Answer);

    private RetailVmPrices Prices => new(new HttpClient(List), clock);

    [Theory]
    [InlineData(true, 0.0183)]
    [InlineData(false, 0.1010)]
    public async Task The_price_is_that_of_a_linux_machine_of_the_priority_from_whichever_page(bool spot, double price) =>
        Assert.Equal((decimal)price, await Prices.PerHourAsync(Size, Region, spot, default));

    [Fact]
    public async Task A_size_without_a_price_has_none() => Assert.Null(await Prices.PerHourAsync("Standard_Unknown_v9", Region, true, default));

    [Fact]
    public async Task Prices_are_read_once_in_six_hours_for_all_who_ask()
    {
        RetailVmPrices prices = Prices;
        await Task.WhenAll(Enumerable.Range(0, 20).Select(index => prices.PerHourAsync(Size, Region, index % 2 == 0, default)));
        Assert.Equal(2, List.Requests.Count);
        clock.Advance(TimeSpan.FromHours(6));
        await prices.PerHourAsync(Size, Region, true, default);
        Assert.Equal(4, List.Requests.Count);
    }

    [Theory]
    [InlineData("x' or 1 eq 1 or 'x' eq 'x", Region)]
    [InlineData(Size, "west europe")]
    public async Task What_could_change_the_filter_is_refused(string size, string region) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Prices.PerHourAsync(size, region, true, default));

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"Items":[],"NextPageLink":"https://evil.test/next"}""")]
    public async Task A_list_that_is_none_is_an_error(string answer) => await Assert.ThrowsAsync<JsonException>(
        () => new RetailVmPrices(new HttpClient(new Answers((_, _) => Answers.Json(200, answer))), clock).PerHourAsync(Size, Region, true, default));

    [Fact]
    public async Task The_cost_of_a_run_adds_up_what_each_machine_lived()
    {
        MachineLifetime[] machines =
        [
            .. Enumerable.Repeat(new MachineLifetime(Size, true, s_start, s_start.AddHours(2)), 100),
            new MachineLifetime(Size, true, s_start, s_start.AddMinutes(30)),
            new MachineLifetime(Size, false, s_start.AddHours(1), null),
            new MachineLifetime("Standard_Unknown_v9", true, s_start, s_start.AddHours(4)),
        ];
        FleetCost cost = await RunCost.OfAsync(machines, Region, s_start.AddHours(3), Prices, default);
        Assert.Equal((200.5m * 0.0183m) + (2 * 0.1010m), cost.Dollars);
        Assert.Equal((206.5, 4.0), (cost.MachineHours, cost.HoursWithoutPrice));
        Assert.Null(cost.DollarsAtRegularPrice);
    }

    [Fact]
    public async Task The_cost_of_a_run_tells_what_regular_priority_would_have_cost()
    {
        FleetCost cost = await RunCost.OfAsync([new MachineLifetime(Size, true, s_start, s_start.AddHours(10))], Region, s_start, Prices, default);
        Assert.Equal((0.183m, 1.010m), (cost.Dollars, cost.DollarsAtRegularPrice));
    }

    private static HttpResponseMessage Answer(HttpRequestMessage request, string body)
    {
        string query = Uri.UnescapeDataString(request.RequestUri!.Query);
        if (!query.Contains($"armSkuName eq '{Size}'", StringComparison.Ordinal)) return Answers.Json(200, """{"Items":[],"NextPageLink":null}""");
        if (!query.Contains("page=2", StringComparison.Ordinal))
        {
            return Answers.Json(200, $$"""
                {"Items":[
                  {{Item("D2as v5", "Virtual Machines Dasv5 Series Windows", 0.193)}},
                  {{Item("D2as v5 Low Priority", "Virtual Machines Dasv5 Series", 0.0202)}},
                  {{Item("D2as v5 Spot", "Virtual Machines Dasv5 Series Windows", 0.0353)}},
                  {{Item("D2as v5 Spot", "Virtual Machines Dasv5 Series", 0.0183)}},
                  {"currencyCode":"USD"}, 7, null
                ],"NextPageLink":"https://prices.azure.com/api/retail/prices?$filter={{Uri.EscapeDataString($"armSkuName eq '{Size}'")}}&page=2"}
                """);
        }
        return Answers.Json(200, $$"""{"Items":[{{Item("D2as v5", "Virtual Machines Dasv5 Series", 0.1010)}}, {{Item("D2as v5", "Virtual Machines Dasv5 Series", 0.0, "1 Hour")}}, {{Item("D2as v5", "Virtual Machines Dasv5 Series", 0.001, "100 Hours")}}],"NextPageLink":null}""");
    }

    private static string Item(string sku, string product, double price, string unit = "1 Hour") => JsonSerializer.Serialize(new
    {
        currencyCode = "USD",
        retailPrice = price,
        armRegionName = Region,
        armSkuName = Size,
        skuName = sku,
        productName = product,
        unitOfMeasure = unit,
        type = "Consumption",
    });
}
