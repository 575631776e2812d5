using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.ResourceManager.Compute;
using Marathon.Azure.Arm;
using Marathon.Azure.Claims;
using Marathon.Azure.Fleets;
using Marathon.Controller.Clusters;
using Marathon.Controller.Runs;
using Marathon.Controller.Topics;
using Marathon.Faults;

namespace Marathon.Azure.Faults;

/// <summary>
/// Strikes the machines of a run's workers. What it is about stands in the fault's record before it is begun, so that a
/// controller that dies between two steps strikes no second machine; no call waits for the platform.
/// </summary>
public sealed class MachineFaultInjector(
    VmFaults faults, LifeClaims claims, ArmAccess arm, SpotFleetOptions options, IRunStore runs, ClusterAccess clusters, IClusterAdmin admin, TimeProvider time)
    : IFaultInjector
{
    private static readonly TimeSpan s_atOnce = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public bool Serves(FaultRole role, string clusterKind) => role == FaultRole.Worker;

    /// <inheritdoc/>
    public async Task<FaultRecord> InjectAsync(
        string runId, string faultId, FaultSpec fault, string bootstrapServers, CancellationToken cancellationToken) =>
        await AimAsync(runId, new FaultRecord(faultId, fault, BrokerId: -1, time.GetUtcNow()), notAgain: null, cancellationToken);

    /// <inheritdoc/>
    public async Task<FaultRecord> PollAsync(string runId, FaultRecord fault, CancellationToken cancellationToken)
    {
        VmFaultOperation before = Read(fault);
        VmFaultOperation operation = await faults.PollAsync(before, cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        FaultRecord polled = fault with { Handle = Write(operation), PollAfter = null };
        return (operation.State, operation.Phase) switch
        {
            (VmFaultState.Running, _) => polled with { PollAfter = operation.PollAfter },
            (VmFaultState.Succeeded, VmFaultPhase.Inject) => polled with { StartedAt = now, HealedAt = fault.Spec.HealsItself ? now : null },
            (VmFaultState.Succeeded, _) => polled with { HealedAt = now },
            // Spot machines go when they like; the next one will do as well.
            (VmFaultState.Gone, _) => await AimAsync(runId, fault, notAgain: before.Fault.Machine, cancellationToken),
            (_, VmFaultPhase.Inject) => polled with { HealedAt = now, Trouble = $"{Name(operation)} of {fault.Target} failed: {operation.Detail}" },
            _ => throw new InvalidOperationException($"{Name(operation)} of {fault.Target} could not be healed: {operation.Detail}"),
        };
    }

    /// <inheritdoc/>
    public async Task<FaultRecord> HealAsync(string runId, FaultRecord fault, CancellationToken cancellationToken)
    {
        VmFaultOperation operation = Read(fault);
        if (operation is { Phase: VmFaultPhase.Inject, State: VmFaultState.Running })
        {
            // What was never begun need not be healed; what was must first have come about.
            if (operation.Url is null) return fault with { HealedAt = time.GetUtcNow(), PollAfter = null, Trouble = "it was given up before it was brought about" };
            FaultRecord polled = await PollAsync(runId, fault, cancellationToken);
            return polled is { PollAfter: null, HealedAt: null } ? await HealAsync(runId, polled, cancellationToken) : polled;
        }

        if (operation.Phase == VmFaultPhase.Inject)
            operation = new VmFaultOperation(fault.Id, operation.Fault, VmFaultPhase.Heal, VmFaultState.Running);
        return await PollAsync(runId, fault with { Handle = Write(operation) }, cancellationToken);
    }

    private async Task<FaultRecord> AimAsync(string runId, FaultRecord fault, string? notAgain, CancellationToken cancellationToken)
    {
        RunRecord run = await runs.GetAsync(runId, cancellationToken);
        HashSet<string> struck = [.. run.Faults.Where(f => f.Spec.Role == FaultRole.Worker && f.Id != fault.Id && !f.IsOver && f.Handle is not null).Select(f => Read(f).Fault.Machine)];
        Life[] living = [.. (await claims.ListAsync(runId, cancellationToken)).Where(life => life is { Ended: false, Machine: not null })];
        (Life Life, string Machine)[] candidates =
            [.. living.Select(life => (life, MachineId(life.Machine!))).Where(pair => pair.Item2 != notAgain && !struck.Contains(pair.Item2))];
        if (candidates.Length == 0)
        {
            string trouble = $"no worker is left to strike: {living.Length} live on machines, and {struck.Count} of these are broken already";
            return notAgain is null
                ? throw new InvalidOperationException(trouble)
                : fault with { HealedAt = time.GetUtcNow(), PollAfter = null, Trouble = trouble };
        }

        // Which one follows from the fault's id, whoever asks.
        uint drawn = BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(fault.Id)));
        (Life life, string machine) = candidates[(int)(drawn % (uint)candidates.Length)];
        VmFault vm = await DescribeAsync(run, fault.Spec, machine, cancellationToken);
        return fault with
        {
            StartedAt = time.GetUtcNow(),
            Target = $"worker {life.Of.Worker} on {life.Machine}",
            Handle = Write(new VmFaultOperation(fault.Id, vm, VmFaultPhase.Inject, VmFaultState.Running)),
            PollAfter = s_atOnce,
        };
    }

    private async Task<VmFault> DescribeAsync(RunRecord run, FaultSpec spec, string machine, CancellationToken cancellationToken)
    {
        VmFault fault = new(machine, spec.Action switch
        {
            FaultAction.Restart => VmFaultKind.Restart,
            FaultAction.PowerOff => VmFaultKind.PowerOff,
            FaultAction.Redeploy => VmFaultKind.Redeploy,
            FaultAction.Evict => VmFaultKind.SimulateEviction,
            FaultAction.Partition => VmFaultKind.Partition,
            FaultAction.Degrade => VmFaultKind.Degrade,
            FaultAction.Block => VmFaultKind.Block,
            _ => throw new InvalidOperationException($"{spec.Action} is no fault of a machine: say {string.Join(", ", FaultSpec.ActionsOn(FaultRole.Worker))}"),
        });
        if (!fault.IsOfTheNetwork) return fault;
        NetworkFault network = spec.Network ?? NetworkFault.Default;
        fault = fault with { Peers = await BrokersAsync(run, cancellationToken), AtMost = network.AtMost };
        return fault.Kind switch
        {
            VmFaultKind.Degrade => fault with { Delay = network.Delay, LossPercent = network.LossPercent },
            VmFaultKind.Block => fault with
            {
                SecurityGroup = options.SecurityGroupId ??
                    throw new InvalidOperationException("the machines have no security group of their own to block them by: deploy infra/main.bicep again, or say partition"),
            },
            _ => fault,
        };
    }

    /// <summary>All that the run's cluster consists of: whoever has lost the leaders alone finds new ones.</summary>
    private async Task<IReadOnlyList<string>> BrokersAsync(RunRecord run, CancellationToken cancellationToken)
    {
        ClusterAddress cluster = await clusters.OpenAsync(run, cancellationToken);
        IEnumerable<string> hosts = cluster.BootstrapServers.Split(',', StringSplitOptions.TrimEntries).Select(server => server[..server.LastIndexOf(':')])
            .Concat(await admin.BrokerHostsAsync(cluster, cancellationToken)).Distinct();
        SortedSet<string> addresses = [];
        foreach (string host in hosts)
        {
            foreach (IPAddress address in await Dns.GetHostAddressesAsync(host, AddressFamily.InterNetwork, cancellationToken)) addresses.Add(address.ToString());
        }
        return [.. addresses];
    }

    private string MachineId(string name) =>
        VirtualMachineResource.CreateResourceIdentifier(arm.SubscriptionId, options.ResourceGroup, name).ToString();

    private static string Name(VmFaultOperation operation) => operation.Fault.Kind.ToString();

    private static string Write(VmFaultOperation operation) => JsonSerializer.Serialize(operation);

    private static VmFaultOperation Read(FaultRecord fault) => JsonSerializer.Deserialize<VmFaultOperation>(
        fault.Handle ?? throw new InvalidOperationException($"fault {fault.Id} has no handle: another injector brought it about"))!;
}
