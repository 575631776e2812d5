using Marathon.Azure.Claims;

namespace Marathon.Azure.Fleets;

/// <summary>A fleet as it was read: its sets, their machines, and the lives that the machines claimed.</summary>
internal sealed class FleetView(IReadOnlyList<SetView> sets, IReadOnlyList<Life> lives, DateTimeOffset statesReadAt)
{
    private readonly HashSet<string> busy = [.. lives.Where(life => !life.Ended).Select(life => life.Machine).OfType<string>()];
    private readonly HashSet<string> used = [.. lives.Where(life => life.Ended).Select(life => life.Machine).OfType<string>()];

    public int Present => sets.Sum(set => set.Present);

    /// <summary>Nothing in it is older.</summary>
    public DateTimeOffset ReadAt => sets.Select(set => set.List.ReadAt).Append(statesReadAt).Min();

    /// <summary>Machines that could not be made, by set.</summary>
    public IEnumerable<IGrouping<string, string>> Failed => Machines(machine => machine.IsFailed);

    /// <summary>Machines whose worker is gone, by set.</summary>
    public IEnumerable<IGrouping<string, string>> Idle =>
        Machines(machine => machine.IsThere && used.Contains(machine.Name) && !busy.Contains(machine.Name));

    /// <summary>A set that has fewer machines than it was told to have.</summary>
    public SetView? Short => sets.FirstOrDefault(set => set.Capacity > set.Present);

    /// <summary>Machines beyond a size that no life is meant for, by set.</summary>
    public IEnumerable<IGrouping<string, string>> Surplus(int size)
    {
        int unclaimed = lives.Count(life => life is { Ended: false, Machine: null });
        (string Set, string Name)[] spare = [.. Pairs(machine => machine.IsThere && !used.Contains(machine.Name) && !busy.Contains(machine.Name))];
        int surplus = Math.Min(Present - size, spare.Length - unclaimed);
        return spare.Take(Math.Max(0, surplus)).GroupBy(pair => pair.Set, pair => pair.Name);
    }

    private IEnumerable<IGrouping<string, string>> Machines(Func<Machine, bool> which) =>
        Pairs(which).GroupBy(pair => pair.Set, pair => pair.Name);

    private IEnumerable<(string Set, string Name)> Pairs(Func<Machine, bool> which) =>
        from set in sets
        from machine in set.List.Machines
        where which(machine)
        select (set.Name, machine.Name);
}
