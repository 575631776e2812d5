using Azure;
using Azure.Core;
using Azure.ResourceManager.Compute;
using Azure.ResourceManager.Compute.Models;
using Azure.ResourceManager.Resources;
using Marathon.Azure.Arm;

namespace Marathon.Azure.Fleets;

/// <summary>
/// Reads and changes scale sets. However many ask, a set is read and its machines are listed at most once in 15 s (Compute
/// allows ten lists a minute and set); a change of our own makes the next read of the set a fresh one, never the list.
/// </summary>
internal sealed class ScaleSets(ArmAccess arm, string resourceGroup, TimeProvider time)
{
    public static readonly TimeSpan ListInterval = TimeSpan.FromSeconds(15);

    private readonly SharedReads<ScaleSetState> sets = new(time, ListInterval);
    private readonly SharedReads<MachineList> machines = new(time, ListInterval);
    private readonly SharedReads<IReadOnlyList<string>> names = new(time, ListInterval);
    private readonly SharedReads<IReadOnlyList<string>> machineNames = new(time, ListInterval);
    private readonly ResourceGroupResource group = arm.ResourceGroup(resourceGroup);

    /// <summary>One set by name.</summary>
    public Task<ScaleSetState> FindAsync(string name, CancellationToken cancellationToken) =>
        sets.GetAsync(name, token => ReadAsync(name, token), cancellationToken);

    /// <summary>Its machines; none when there is no such set.</summary>
    public Task<MachineList> MachinesAsync(string name, CancellationToken cancellationToken) =>
        machines.GetAsync(name, token => ListAsync(name, token), cancellationToken);

    /// <summary>Names of all sets of the resource group, whoever's.</summary>
    public Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken) =>
        names.GetAsync(resourceGroup, ListNamesAsync, cancellationToken);

    /// <summary>Names of all machines of the resource group, in a set or left over from one.</summary>
    public Task<IReadOnlyList<string>> MachineNamesAsync(CancellationToken cancellationToken) =>
        machineNames.GetAsync(resourceGroup, ListMachineNamesAsync, cancellationToken);

    public Task<Begun> CreateAsync(string name, VirtualMachineScaleSetData model, CancellationToken cancellationToken) =>
        ChangeAsync(name, async () => await group.GetVirtualMachineScaleSets().CreateOrUpdateAsync(WaitUntil.Started, name, model, cancellationToken));

    public Task<Begun> SetCapacityAsync(string name, int capacity, CancellationToken cancellationToken)
    {
        VirtualMachineScaleSetPatch patch = new() { Sku = new ComputeSku { Capacity = capacity } };
        return ChangeAsync(name, async () => await Resource(name).UpdateAsync(WaitUntil.Started, patch, cancellationToken));
    }

    /// <summary>Deletes some machines with one call; the set's capacity falls by as many.</summary>
    public Task<Begun> DeleteMachinesAsync(string name, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        VirtualMachineScaleSetVmInstanceRequiredIds ids = new(names);
        return ChangeAsync(name, async () => await Resource(name).DeleteInstancesAsync(WaitUntil.Started, ids, forceDeletion: true, cancellationToken));
    }

    /// <summary>Deletes a set with all its machines; null when there is none.</summary>
    public async Task<Begun?> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await ChangeAsync(name, async () => await Resource(name).DeleteAsync(WaitUntil.Started, forceDeletion: true, cancellationToken));
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Deletes one machine; nothing to do is fine.</summary>
    public async Task DeleteMachineAsync(string machine, CancellationToken cancellationToken)
    {
        try
        {
            ResourceIdentifier id = VirtualMachineResource.CreateResourceIdentifier(arm.SubscriptionId, resourceGroup, machine);
            await arm.Client.GetVirtualMachineResource(id).DeleteAsync(WaitUntil.Started, forceDeletion: true, cancellationToken);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            // What was to be done is done.
        }
    }

    private async Task<Begun> ChangeAsync(string name, Func<Task<Operation>> change)
    {
        try
        {
            Response response = (await change()).GetRawResponse();
            return new Begun(LongOperations.UrlOf(response), ArmError.RetryAfterOf(response));
        }
        finally
        {
            sets.Invalidate(name);
        }
    }

    private async Task<ScaleSetState> ReadAsync(string name, CancellationToken cancellationToken)
    {
        DateTimeOffset readAt = time.GetUtcNow();
        try
        {
            VirtualMachineScaleSetData data = (await Resource(name).GetAsync(cancellationToken: cancellationToken)).Value.Data;
            return new ScaleSetState(name, (int)(data.Sku?.Capacity ?? 0), data.ProvisioningState ?? "Succeeded", readAt);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return ScaleSetState.None(name, readAt);
        }
    }

    private async Task<MachineList> ListAsync(string name, CancellationToken cancellationToken)
    {
        DateTimeOffset readAt = time.GetUtcNow();
        List<Machine> found = [];
        try
        {
            await foreach (VirtualMachineScaleSetVmResource vm in Resource(name).GetVirtualMachineScaleSetVms().GetAllAsync(cancellationToken: cancellationToken))
                found.Add(new Machine(vm.Data.Name, vm.Data.ProvisioningState ?? "Succeeded"));
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return MachineList.Empty(readAt);
        }
        return new MachineList(readAt, found);
    }

    private async Task<IReadOnlyList<string>> ListNamesAsync(CancellationToken cancellationToken)
    {
        List<string> found = [];
        await foreach (VirtualMachineScaleSetResource set in group.GetVirtualMachineScaleSets().GetAllAsync(cancellationToken))
            found.Add(set.Data.Name);
        return found;
    }

    private async Task<IReadOnlyList<string>> ListMachineNamesAsync(CancellationToken cancellationToken)
    {
        List<string> found = [];
        await foreach (VirtualMachineResource machine in group.GetVirtualMachines().GetAllAsync(cancellationToken: cancellationToken))
            found.Add(machine.Data.Name);
        return found;
    }

    private VirtualMachineScaleSetResource Resource(string name) => arm.Client.GetVirtualMachineScaleSetResource(
        VirtualMachineScaleSetResource.CreateResourceIdentifier(arm.SubscriptionId, resourceGroup, name));
}
