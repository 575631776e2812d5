using Azure;
using Azure.Core;
using Azure.ResourceManager.Compute;
using Azure.ResourceManager.Compute.Models;
using Marathon.Azure.Arm;
using Microsoft.Extensions.Logging;

namespace Marathon.Azure.Faults;

/// <summary>Breaks virtual machines on purpose, and heals them. No call waits: each answers with an operation to poll.</summary>
public sealed class VmFaults(ArmAccess arm, TimeProvider time, ILogger<VmFaults> logger)
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(10);

    private readonly LongOperations operations = new(arm, time);
    private readonly DenyRules rules = new(arm, time);

    /// <summary>Begins to bring a fault about.</summary>
    /// <exception cref="ArgumentException">The fault's values cannot be used.</exception>
    public Task<VmFaultOperation> InjectAsync(string faultId, VmFault fault, CancellationToken cancellationToken)
    {
        fault.Check();
        return BeginAsync(new VmFaultOperation(faultId, fault, VmFaultPhase.Inject, VmFaultState.Running), cancellationToken);
    }

    /// <summary>Begins to end it. What heals itself, or never does, is done at once.</summary>
    public Task<VmFaultOperation> HealAsync(string faultId, VmFault fault, CancellationToken cancellationToken) =>
        BeginAsync(new VmFaultOperation(faultId, fault, VmFaultPhase.Heal, VmFaultState.Running), cancellationToken);

    /// <summary>How it fares; what was throttled is begun again.</summary>
    public async Task<VmFaultOperation> PollAsync(VmFaultOperation operation, CancellationToken cancellationToken)
    {
        if (operation.State != VmFaultState.Running) return operation;
        if (operation.Url is not { } url) return await BeginAsync(operation, cancellationToken);
        return Tell(await GuardAsync(operation, async () =>
        {
            OperationStatus status = await operations.GetAsync(url, cancellationToken);
            return status.Outcome switch
            {
                OperationOutcome.Running => operation with { PollAfter = status.RetryAfter ?? s_poll },
                OperationOutcome.Failed => operation with { State = VmFaultState.Failed, Detail = $"{status.Error?.Code}: {status.Error?.Message}" },
                _ => await ArrivedAsync(operation, cancellationToken),
            };
        }));
    }

    private async Task<VmFaultOperation> BeginAsync(VmFaultOperation operation, CancellationToken cancellationToken) =>
        Tell(await GuardAsync(operation, async () =>
        {
            VirtualMachineResource machine = arm.Client.GetVirtualMachineResource(MachineId(operation.Fault.Machine));
            Response? response = operation.Phase == VmFaultPhase.Inject
                ? await InjectAsync(machine, operation, cancellationToken)
                : await HealAsync(machine, operation, cancellationToken);
            return response is not null && LongOperations.UrlOf(response) is { } url
                ? operation with { Url = url, PollAfter = ArmError.RetryAfterOf(response) ?? s_poll, Detail = null }
                : await ArrivedAsync(operation, cancellationToken);
        }));

    /// <summary>A rule has taken effect when the group says so, not when it has been put.</summary>
    private async Task<VmFaultOperation> ArrivedAsync(VmFaultOperation operation, CancellationToken cancellationToken) =>
        operation is { Fault.Kind: VmFaultKind.Block, Phase: VmFaultPhase.Inject } && !await rules.IsInForceAsync(operation.FaultId, operation.Fault, cancellationToken)
            ? operation with { PollAfter = s_poll, Detail = "the rule is not in force yet" }
            : operation with { State = VmFaultState.Succeeded, PollAfter = default, Detail = null };

    private async Task<Response?> InjectAsync(VirtualMachineResource machine, VmFaultOperation operation, CancellationToken token) => operation.Fault.Kind switch
    {
        VmFaultKind.Restart => (await machine.RestartAsync(WaitUntil.Started, token)).GetRawResponse(),
        // A shutdown in order is no fault.
        VmFaultKind.PowerOff => (await machine.PowerOffAsync(WaitUntil.Started, skipShutdown: true, token)).GetRawResponse(),
        VmFaultKind.Redeploy => (await machine.RedeployAsync(WaitUntil.Started, token)).GetRawResponse(),
        VmFaultKind.SimulateEviction => await machine.SimulateEvictionAsync(token),
        VmFaultKind.Block => await rules.AddAsync(operation.FaultId, operation.Fault, (await machine.GetAsync(cancellationToken: token)).Value.Data, token),
        _ => await RunAsync(machine, NetworkScript.Inject(operation.FaultId, operation.Fault), token),
    };

    private async Task<Response?> HealAsync(VirtualMachineResource machine, VmFaultOperation operation, CancellationToken token) => operation.Fault.Kind switch
    {
        VmFaultKind.Restart or VmFaultKind.Redeploy or VmFaultKind.SimulateEviction => null,
        VmFaultKind.PowerOff => (await machine.PowerOnAsync(WaitUntil.Started, token)).GetRawResponse(),
        VmFaultKind.Block => await rules.RemoveAsync(DenyRules.Id(operation.FaultId, operation.Fault), token),
        _ => await RunAsync(machine, NetworkScript.Heal(operation.FaultId, operation.Fault), token),
    };

    private static async Task<Response> RunAsync(VirtualMachineResource machine, string script, CancellationToken cancellationToken)
    {
        RunCommandInput command = new("RunShellScript");
        foreach (string line in script.Split('\n')) command.Script.Add(line);
        return (await machine.RunCommandAsync(WaitUntil.Started, command, cancellationToken)).GetRawResponse();
    }

    private static async Task<VmFaultOperation> GuardAsync(VmFaultOperation operation, Func<Task<VmFaultOperation>> step)
    {
        try
        {
            return await step();
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return operation with { State = operation.Phase == VmFaultPhase.Heal ? VmFaultState.Succeeded : VmFaultState.Gone, Detail = "the machine is gone" };
        }
        catch (RequestFailedException refused)
        {
            ArmError error = ArmError.From(refused);
            // Compute runs one script at a time on a machine, and changes a machine one change at a time: those conflicts pass, as
            // does another rule that was faster to take a priority. What is not allowed, as an eviction at regular priority, stays so.
            return error.IsTransient || (error.IsConflict && error.Code != "OperationNotAllowed") || error.Code == DenyRules.PriorityTaken
                ? operation with { PollAfter = error.Wait, Detail = $"{error.Status} {error.Code}" }
                : operation with { State = VmFaultState.Failed, Detail = $"{error.Code}: {error.Message}" };
        }
    }

    private static ResourceIdentifier MachineId(string text) =>
        ResourceIdentifier.TryParse(text, out ResourceIdentifier? id) && id is not null && id.ResourceType == VirtualMachineResource.ResourceType
            ? id
            : throw new ArgumentException($"'{text}' is not the resource id of a virtual machine: say /subscriptions/…/providers/Microsoft.Compute/virtualMachines/NAME");

    private VmFaultOperation Tell(VmFaultOperation operation)
    {
        logger.VmFault(operation.FaultId, operation.Fault.Machine, operation.Fault.Kind, operation.Phase, operation.State, operation.Detail);
        return operation;
    }
}
