using System.Text.Json.Nodes;

namespace Marathon.Azure.Tests.Fakes;

public sealed class FakeScaleSet
{
    public required string Name { get; init; }

    /// <summary>What was put.</summary>
    public required JsonObject Model { get; init; }

    public int Capacity { get; set; }

    public string State { get; set; } = "Creating";

    public DateTimeOffset ListedFrom { get; init; }

    public string Size => (string)Model["sku"]!["name"]!;

    public string? Zone => (string?)Model["zones"]?[0];

    public bool IsSpot => (string?)Model["properties"]!["virtualMachineProfile"]!["priority"] == "Spot";
}
