namespace Marathon.Azure.Tests.Fakes;

public sealed class FakeMachine
{
    public required string Name { get; init; }

    public required FakeScaleSet? Set { get; set; }

    /// <summary>Its own address in the subnet of workers.</summary>
    public string Address { get; init; } = "";

    public string State { get; set; } = "Creating";

    public DateTimeOffset ListedFrom { get; init; }

    /// <summary>Until then lists show it, for they lag; no machine is there any more once it is gone.</summary>
    public DateTimeOffset ListedUntil { get; set; } = DateTimeOffset.MaxValue;

    public bool IsGone { get; set; }

    public bool IsPoweredOff { get; set; }

    public List<string> Scripts { get; } = [];
}
