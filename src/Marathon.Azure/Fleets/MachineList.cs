namespace Marathon.Azure.Fleets;

/// <summary>The machines of one set, as they were read.</summary>
internal sealed record MachineList(DateTimeOffset ReadAt, IReadOnlyList<Machine> Machines)
{
    public static MachineList Empty(DateTimeOffset readAt) => new(readAt, []);
}
