using Marathon.Azure.Claims;
using Marathon.Azure.Fleets;
using Marathon.Controller.Fleets;

namespace Marathon.Azure.Costs;

/// <summary>
/// What a run's machines cost, by the lives that they claimed: each from when its first life was offered, which is when it
/// was asked for, until its last one ended.
/// </summary>
internal sealed class FleetBill(LifeClaims claims, SpotFleetOptions options, IVmPrices prices, TimeProvider time)
{
    /// <summary>Null while no machine has claimed a life.</summary>
    public async Task<FleetCost?> OfAsync(string runId, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        ILookup<string?, MachineLifetime> machines = (await claims.ListAsync(runId, cancellationToken))
            .Where(life => life.Machine is not null)
            .GroupBy(life => life.Machine!)
            .ToLookup(
                lives => FleetNames.ScaleSetOf(lives.Key),
                lives => new MachineLifetime("", Spot: true, lives.Min(life => life.OfferedAt), lives.Any(life => !life.Ended) ? null : lives.Max(life => life.EndedAt)));
        List<MachineLifetime> all = [];
        foreach (Placement placement in Placement.All(options))
            all.AddRange(In(placement, [.. machines[FleetNames.ScaleSet(runId, placement.Index)].OrderBy(machine => machine.From).ThenByDescending(machine => machine.To ?? now)]));
        return all.Count == 0 ? null : await RunCost.OfAsync(all, options.Location, now, prices, cancellationToken);
    }

    /// <summary>Which of a set are its regular share is not told; those that lived longest, for the others are evicted.</summary>
    private IEnumerable<MachineLifetime> In(Placement placement, MachineLifetime[] machines)
    {
        int based = Math.Min(machines.Length, options.BaseRegularPriorityCount);
        int regular = based + ((machines.Length - based) * options.RegularPriorityPercentageAboveBase / 100);
        return machines.Select((machine, index) => machine with { Size = placement.Size, Spot = placement.Spot && index >= regular });
    }
}
