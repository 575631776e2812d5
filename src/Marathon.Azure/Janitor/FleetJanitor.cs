using System.Globalization;
using Azure;
using Azure.Core;
using Azure.ResourceManager.Compute;
using Azure.ResourceManager.Resources;
using Marathon.Azure.Arm;
using Marathon.Azure.Claims;
using Marathon.Azure.Faults;
using Marathon.Azure.Fleets;
using Marathon.Azure.Secrets;

namespace Marathon.Azure.Janitor;

/// <summary>
/// Finds what fleets left behind: of runs that live no more, and what is past its expiry whether its run lives or not. A
/// controller that died between any two steps leaves nothing that this does not find.
/// </summary>
public sealed class FleetJanitor(
    ArmAccess arm, string resourceGroup, IRunSecrets secrets, IClaimStore claims, TimeProvider time, string? securityGroup = null)
{
    private static readonly Dictionary<string, string> s_parts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Microsoft.Compute/disks"] = "2023-04-02",
        ["Microsoft.Network/networkInterfaces"] = "2023-09-01",
    };

    // The token of a run is stored before the run is recorded.
    private static readonly TimeSpan s_secretFirst = TimeSpan.FromMinutes(5);

    private readonly DenyRules rules = new(arm, time);

    /// <summary>What may go.</summary>
    /// <param name="liveRuns">Ids of the runs that are not finished. Asked after Azure was read: a run is recorded before anything is made for it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyList<Leftover>> FindAsync(
        Func<CancellationToken, Task<IReadOnlySet<string>>> liveRuns, CancellationToken cancellationToken)
    {
        ResourceGroupResource group = arm.ResourceGroup(resourceGroup);
        List<VirtualMachineScaleSetData> sets = [];
        await foreach (VirtualMachineScaleSetResource set in group.GetVirtualMachineScaleSets().GetAllAsync(cancellationToken)) sets.Add(set.Data);
        List<VirtualMachineData> machines = [];
        await foreach (VirtualMachineResource machine in group.GetVirtualMachines().GetAllAsync(cancellationToken: cancellationToken)) machines.Add(machine.Data);
        List<GenericResourceData> parts = [];
        await foreach (GenericResource part in group.GetGenericResourcesAsync(cancellationToken: cancellationToken))
        {
            if (s_parts.ContainsKey(part.Data.ResourceType.ToString())) parts.Add(part.Data);
        }
        DateTimeOffset old = time.GetUtcNow() - s_secretFirst;
        string[] names = [.. (await secrets.ListAsync(cancellationToken)).Where(secret => secret.CreatedAt < old).Select(secret => secret.Name)];
        IReadOnlyList<ResourceIdentifier> outlived = securityGroup is null ? [] : await rules.OutlivedAsync(new ResourceIdentifier(securityGroup), cancellationToken);
        IReadOnlyList<string> claimed = await claims.RunsAsync(cancellationToken);

        IReadOnlySet<string> live = await liveRuns(cancellationToken);
        return
        [
            .. sets.Select(set => Judge(set, live)).OfType<Leftover>(),
            .. from machine in machines
               where IsStray(machine.Name, sets, live)
               select new Leftover(LeftoverKind.Machine, machine.Id.ToString(), null, "its scale set is gone"),
            .. from part in parts
               where IsStray(part.Name, sets, live) && machines.TrueForAll(machine => !part.Name.StartsWith(machine.Name, StringComparison.Ordinal))
               select new Leftover(LeftoverKind.Part, part.Id.ToString(), null, "its machine is gone"),
            .. outlived.Select(rule => new Leftover(LeftoverKind.Rule, rule.ToString(), null, "nobody healed its fault in time")),
            .. from name in names
               let run = FleetNames.RunOfSecret(name)
               where run is not null && !live.Contains(run)
               select new Leftover(LeftoverKind.Secret, name, run, "its run is over"),
            .. from run in claimed
               where !live.Contains(run)
               select new Leftover(LeftoverKind.Claims, run, run, "the run is over"),
        ];
    }

    /// <summary>Removes one; nothing to do is fine. Does not wait: what goes slowly is found again until it has gone.</summary>
    public async Task RemoveAsync(Leftover leftover, CancellationToken cancellationToken)
    {
        try
        {
            await (leftover.Kind switch
            {
                LeftoverKind.ScaleSet => arm.Client.GetVirtualMachineScaleSetResource(new ResourceIdentifier(leftover.Name))
                    .DeleteAsync(WaitUntil.Started, forceDeletion: true, cancellationToken),
                LeftoverKind.Machine => arm.Client.GetVirtualMachineResource(new ResourceIdentifier(leftover.Name))
                    .DeleteAsync(WaitUntil.Started, forceDeletion: true, cancellationToken),
                LeftoverKind.Part => RemovePartAsync(new ResourceIdentifier(leftover.Name), cancellationToken),
                LeftoverKind.Rule => rules.RemoveAsync(new ResourceIdentifier(leftover.Name), cancellationToken),
                LeftoverKind.Secret => secrets.RemoveAsync(leftover.Name, cancellationToken),
                LeftoverKind.Claims => new LifeClaims(claims, time).ForgetAsync(leftover.Name, cancellationToken),
                _ => throw new ArgumentOutOfRangeException(nameof(leftover), leftover.Kind, "not a kind of leftover"),
            });
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            // What was to be done is done.
        }
    }

    private Leftover? Judge(VirtualMachineScaleSetData set, IReadOnlySet<string> live)
    {
        // Whoever else keeps sets in the group: theirs carry no tag of ours.
        if (!set.Tags.TryGetValue(FleetNames.RunTag, out string? run)) return null;
        if (string.Equals(set.ProvisioningState, "Deleting", StringComparison.OrdinalIgnoreCase)) return null;
        if (!live.Contains(run)) return new Leftover(LeftoverKind.ScaleSet, set.Id.ToString(), run, "its run is over");
        bool dated = DateTimeOffset.TryParse(
            set.Tags.TryGetValue(FleetNames.ExpiresTag, out string? text) ? text : null, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset expires);
        return dated && expires < time.GetUtcNow() ? new Leftover(LeftoverKind.ScaleSet, set.Id.ToString(), run, $"it expired at {text}") : null;
    }

    /// <summary>Of a set that is not there any more. Nothing of a live run is: its set may be so new that no list shows it.</summary>
    private static bool IsStray(string name, List<VirtualMachineScaleSetData> sets, IReadOnlySet<string> live) =>
        FleetNames.ScaleSetOf(name) is { } owner && sets.TrueForAll(set => set.Name != owner) && !live.Any(run => FleetNames.Belongs(owner, run));

    private Task<Response> RemovePartAsync(ResourceIdentifier id, CancellationToken cancellationToken) =>
        arm.SendAsync(RequestMethod.Delete, id, s_parts[id.ResourceType.ToString()], body: null, cancellationToken);
}
