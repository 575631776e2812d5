using Marathon.Azure.Claims;

namespace Marathon.Azure.Fleets;

/// <summary>A fleet as it was read: its sets, their machines, and the lives that the machines claimed.</summary>
internal sealed class FleetView(IReadOnlyList<SetView> sets, IReadOnlyList<Life> lives, DateTimeOffset statesReadAt)
{
    private readonly HashSet<string> busy = [.. lives.Where(life => !life.Ended).Select(life => life.Machine).OfType<string>()];
    private readonly Dictionary<string, DateTimeOffset> used = lives
        .Where(life => life is { EndedAt: not null, Machine: not null })
        .GroupBy(life => life.Machine!)
        .ToDictionary(ofMachine => ofMachine.Key, ofMachine => ofMachine.Max(life => life.EndedAt!.Value));

    /// <summary>Nothing in it is older.</summary>
    public DateTimeOffset ReadAt => sets.Select(set => set.List.ReadAt).Append(statesReadAt).Min();

    /// <summary>
    /// Machines that live a life, or wait for their first. One that has lost its worker is being evicted, as a rule, so it
    /// does not count although it is still there.
    /// </summary>
    public int Working => sets.Sum(set => Math.Min(set.Capacity, set.List.Machines.Count(machine => machine.IsThere && !IsIdle(machine))));

    /// <summary>Machines that could not be made, by set.</summary>
    public IEnumerable<IGrouping<string, string>> Failed => Machines(machine => machine.IsFailed);

    /// <summary>Machines that lost their worker before a time and have not claimed another life since, by set.</summary>
    public IEnumerable<IGrouping<string, string>> IdleSince(DateTimeOffset time) =>
        Machines(machine => machine.IsThere && IsIdle(machine) && used[machine.Name] <= time);

    /// <summary>A set that has fewer machines than it was told to have.</summary>
    public SetView? Short => sets.FirstOrDefault(set => set.Capacity > set.Present);

    /// <summary>Machines beyond a size that no life is meant for, by set.</summary>
    public IEnumerable<IGrouping<string, string>> Surplus(int size)
    {
        int unclaimed = lives.Count(life => life is { Ended: false, Machine: null });
        (string Set, string Name)[] spare = [.. Pairs(machine => machine.IsThere && !used.ContainsKey(machine.Name) && !busy.Contains(machine.Name))];
        int surplus = Math.Min(Working - size, spare.Length - unclaimed);
        return spare.Take(Math.Max(0, surplus)).GroupBy(pair => pair.Set, pair => pair.Name);
    }

    private bool IsIdle(Machine machine) => used.ContainsKey(machine.Name) && !busy.Contains(machine.Name);

    private IEnumerable<IGrouping<string, string>> Machines(Func<Machine, bool> which) =>
        Pairs(which).GroupBy(pair => pair.Set, pair => pair.Name);

    private IEnumerable<(string Set, string Name)> Pairs(Func<Machine, bool> which) =>
        from set in sets
        from machine in set.List.Machines
        where which(machine)
        select (set.Name, machine.Name);
}
