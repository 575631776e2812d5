using System.Text;
using System.Text.Json.Nodes;
using Marathon.Azure.Fleets;
using Marathon.Azure.Tests.Fakes;

namespace Marathon.Azure.Tests.Fleets;

public sealed class ScaleSetModelTests
{
    private readonly AzureWorld world = new();

    [Fact]
    public async Task The_model_has_what_a_spot_fleet_needs_and_no_secret()
    {
        await world.StartAsync(2);
        FakeCall put = world.Arm.Calls.Single(call => call.Method == "PUT");
        var model = JsonNode.Parse(put.Body)!;
        Assert.Equal("Flexible", (string?)model["properties"]!["orchestrationMode"]);
        Assert.False((bool)model["properties"]!["singlePlacementGroup"]!);
        Assert.Equal("PT1H", (string?)model["properties"]!["spotRestorePolicy"]!["restoreTimeout"]);
        var profile = model["properties"]!["virtualMachineProfile"]!;
        Assert.Equal("Spot", (string?)profile["priority"]);
        Assert.Equal("Delete", (string?)profile["evictionPolicy"]);
        Assert.Equal(-1, (double)profile["billingProfile"]!["maxPrice"]!);
        Assert.Equal("1", (string?)model["zones"]![0]);
        Assert.Equal(AzureWorld.Run, (string?)model["tags"]![FleetNames.RunTag]);
        Assert.NotNull(model["tags"]![FleetNames.ExpiresTag]);
        Assert.Equal("UserAssigned", (string?)model["identity"]!["type"]);
        Assert.Null(profile["networkProfile"]!["networkInterfaceConfigurations"]![0]!["properties"]!["ipConfigurations"]![0]!["properties"]!["publicIPAddressConfiguration"]);
        Assert.Equal(FakeArm.SecurityGroup, (string?)profile["networkProfile"]!["networkInterfaceConfigurations"]![0]!["properties"]!["networkSecurityGroup"]!["id"]);
        string cloudInit = Encoding.UTF8.GetString(Convert.FromBase64String((string)profile["osProfile"]!["customData"]!));
        Assert.StartsWith("#cloud-config\n", cloudInit, StringComparison.Ordinal);
        Assert.DoesNotContain(AzureWorld.Token, put.Body + cloudInit, StringComparison.Ordinal);
        Assert.Equal(AzureWorld.Token, world.Secrets.Values[FleetNames.Secret(AzureWorld.Run, 1)]);
    }

    [Fact]
    public async Task A_mix_with_regular_priority_is_asked_for_when_it_is_wanted()
    {
        AzureWorld mixed = new(AzureWorld.DefaultOptions with { BaseRegularPriorityCount = 2, RegularPriorityPercentageAboveBase = 25 });
        await mixed.StartAsync(10);
        var policy = JsonNode.Parse(mixed.Arm.Calls.Single(call => call.Method == "PUT").Body)!["properties"]!["priorityMixPolicy"]!;
        Assert.Equal((2, 25), ((int)policy["baseRegularPriorityCount"]!, (int)policy["regularPriorityPercentageAboveBase"]!));
    }
}
