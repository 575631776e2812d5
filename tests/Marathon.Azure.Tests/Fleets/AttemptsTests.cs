using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Marathon.Azure.Tests.Fakes;
using Marathon.Controller.Fleets;

namespace Marathon.Azure.Tests.Fleets;

public sealed partial class AttemptsTests
{
    private readonly AzureWorld world = new();

    [Fact]
    public async Task The_next_attempt_has_a_fleet_again_although_the_vault_keeps_the_name_of_the_first_ones_secret()
    {
        for (int attempt = 1; attempt <= 3; attempt++)
        {
            FleetOperation started = await world.DriveAsync(await world.Provider.StartAsync(AzureWorld.Start(4, attempt: attempt), default));
            Assert.Equal(FleetOperationState.Succeeded, started.State);
            Assert.Equal(4, world.Arm.Running.Count);
            (string name, string value) = Assert.Single(world.Secrets.Values);
            Assert.Equal(AzureWorld.Token, value);
            Assert.Contains(world.Secrets.Reference(name).AbsoluteUri, NewestCloudInit(), StringComparison.Ordinal);
            Assert.Equal(FleetOperationState.Succeeded, (await world.ReleaseAsync()).State);
            Assert.Equal("", await world.RemainsAsync());
        }
    }

    [Fact]
    public async Task What_an_attempt_left_in_the_vault_goes_with_the_next_ones()
    {
        await world.Provider.StartAsync(AzureWorld.Start(1), default);
        await world.DriveAsync(await world.Provider.StartAsync(AzureWorld.Start(1, attempt: 2), default));
        Assert.Equal(2, world.Secrets.Values.Count);
        await world.ReleaseAsync();
        Assert.Equal("", await world.RemainsAsync());
    }

    private string NewestCloudInit()
    {
        JsonNode model = JsonNode.Parse(world.Arm.Calls.Last(call => call.Method == "PUT").Body)!;
        string cloudInit = Encoding.UTF8.GetString(Convert.FromBase64String((string)model["properties"]!["virtualMachineProfile"]!["osProfile"]!["customData"]!));
        return string.Join('\n', Content().Matches(cloudInit).Select(file => Encoding.UTF8.GetString(Convert.FromBase64String(file.Groups[1].Value))));
    }

    [GeneratedRegex("content: ([A-Za-z0-9+/=]+)")]
    private static partial Regex Content();
}
