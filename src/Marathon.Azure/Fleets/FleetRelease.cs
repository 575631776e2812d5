using Marathon.Azure.Claims;
using Marathon.Azure.Secrets;
using Marathon.Controller.Fleets;

namespace Marathon.Azure.Fleets;

/// <summary>Removes all that there is of a fleet, one step a call: sets, machines left over, the token, the claims.</summary>
internal sealed class FleetRelease(ScaleSets sets, LifeClaims claims, IRunSecrets secrets, SpotFleetOptions options, TimeProvider time)
{
    // Single deletions are the exception; so many at once stay far below what a subscription may do in a minute.
    private const int MachinesPerStep = 50;

    public async Task<FleetOperation> StepAsync(string runId, OperationHandle handle, CancellationToken cancellationToken)
    {
        // A set that was made a moment ago may be missing in the list, and one made with other options is not a placement: look for both.
        IReadOnlyList<string> listed = await sets.NamesAsync(cancellationToken);
        HashSet<string> names = [.. listed.Where(name => FleetNames.Belongs(name, runId))];
        names.UnionWith(Placement.All(options).Select(placement => FleetNames.ScaleSet(runId, placement.Index)));
        int left = 0;
        bool fresh = true;
        foreach (string name in names)
        {
            ScaleSetState state = await sets.FindAsync(name, cancellationToken);
            fresh &= state.ReadAt >= handle.Since;
            if (!state.Exists) continue;
            left++;
            if (!state.IsDeleting) await sets.DeleteAsync(name, cancellationToken);
        }
        if (left > 0) return Wait(runId, handle with { Since = time.GetUtcNow() }, $"{left} scale sets are left");
        if (!fresh) return Wait(runId, handle, "waits for a fresh look at the scale sets");

        string[] machines = [.. (await sets.MachineNamesAsync(cancellationToken)).Where(name => FleetNames.Belongs(name, runId))];
        // Lists lag: for a while they go on showing machines that went with their set.
        if (machines.Length > 0 && time.GetUtcNow() - handle.Since < VmScaleSetFleetProvider.ListLag)
            return Wait(runId, handle, $"{machines.Length} machines are still listed");
        foreach (string machine in machines.Take(MachinesPerStep))
            await sets.DeleteMachineAsync(machine, cancellationToken);
        if (machines.Length > 0) return Wait(runId, handle, $"{machines.Length} machines are left");

        foreach (StoredSecret secret in (await secrets.ListAsync(cancellationToken)).Where(secret => FleetNames.IsSecretOf(secret.Name, runId)))
            await secrets.RemoveAsync(secret.Name, cancellationToken);
        await claims.ForgetAsync(runId, cancellationToken);
        return FleetOperation.Done(runId);
    }

    private static FleetOperation Wait(string runId, OperationHandle handle, string detail) =>
        new(FleetOperationState.Running, runId, handle.Write(), ScaleSets.ListInterval, detail);
}
