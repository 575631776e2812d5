namespace Marathon.Azure.Fleets;

/// <summary>A set and its machines.</summary>
internal sealed record SetView(int Placement, ScaleSetState State, MachineList List)
{
    public string Name => State.Name;

    public int Capacity => State.Capacity;

    /// <summary>Machines that are there; after an eviction either of capacity and list may be the first to tell.</summary>
    public int Present => Math.Min(State.Capacity, List.Machines.Count(machine => machine.IsThere));
}
