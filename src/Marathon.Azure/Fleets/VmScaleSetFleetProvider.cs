using System.Collections.Concurrent;
using System.Diagnostics;
using Azure;
using Marathon.Azure.Arm;
using Marathon.Azure.Claims;
using Marathon.Azure.Costs;
using Marathon.Azure.Secrets;
using Marathon.Controller.Fleets;
using Microsoft.Extensions.Logging;

namespace Marathon.Azure.Fleets;

/// <summary>
/// Fleets of spot virtual machines in Flexible scale sets. A fleet is brought up in bulk; a machine that has booted claims
/// one of the lives that were offered (see <see cref="LifeClaims"/>). No call waits: what Azure throttles or has not done yet
/// is answered as an operation to poll, with the time that the server asks for.
/// </summary>
public sealed class VmScaleSetFleetProvider : IFleetProvider
{
    /// <summary>A machine that claimed a life is counted as alive for so long although no list shows it: lists lag.</summary>
    public static readonly TimeSpan ListLag = TimeSpan.FromMinutes(2);

    // Far below the 200 deletions that a subscription may begin at once.
    private const int MaxSingleDeletions = 50;

    private readonly ScaleSets sets;
    private readonly FleetSize size;
    private readonly FleetRelease release;
    private readonly FleetBill? bill;
    private readonly LifeClaims claims;
    private readonly IRunSecrets secrets;
    private readonly SpotFleetOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<VmScaleSetFleetProvider> logger;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> turns = new();
    private readonly ConcurrentDictionary<string, string> stored = new();

    /// <summary>A provider; one per process, for it shares what it reads. Without prices it tells no costs.</summary>
    /// <exception cref="ArgumentException">The options cannot be used.</exception>
    public VmScaleSetFleetProvider(
        ArmAccess arm, SpotFleetOptions options, LifeClaims claims, IRunSecrets secrets, TimeProvider time, ILogger<VmScaleSetFleetProvider> logger,
        IVmPrices? prices = null)
    {
        options.Check();
        bill = prices is null ? null : new FleetBill(claims, options, new ForgivingVmPrices(prices, logger), time);
        (this.options, this.claims, this.secrets, this.time, this.logger) = (options, claims, secrets, time, logger);
        sets = new ScaleSets(arm, options.ResourceGroup, time);
        size = new FleetSize(sets, new LongOperations(arm, time), claims, secrets, options, time);
        release = new FleetRelease(sets, claims, secrets, options, time);
    }

    /// <inheritdoc />
    public async Task<FleetOperation> StartAsync(FleetStart start, CancellationToken cancellationToken)
    {
        if (start.FleetSize < 1) throw new ArgumentException($"a fleet has at least one worker, not {start.FleetSize}", nameof(start));
        // Every worker that is replaced comes by here; the vault keeps each version that it is given.
        string secret = FleetNames.Secret(start.RunId, start.Attempt);
        if (!stored.TryGetValue(start.RunId, out string? kept) || kept != secret)
        {
            await secrets.PutAsync(secret, start.Token, time.GetUtcNow() + options.Lifetime, cancellationToken);
            stored[start.RunId] = secret;
        }
        await claims.OfferAsync(start.RunId, start.Lives, cancellationToken);
        OperationHandle handle = new()
        {
            Size = start.FleetSize,
            Controller = start.Controller,
            LeaseSeconds = start.LeaseTimeout.TotalSeconds,
            Attempt = start.Attempt,
            Since = time.GetUtcNow(),
        };
        return await StepAsync(start.RunId, handle, cancellationToken);
    }

    /// <inheritdoc />
    public Task<FleetOperation> PollAsync(FleetOperation operation, CancellationToken cancellationToken) =>
        operation.State == FleetOperationState.Running
            ? StepAsync(operation.RunId, OperationHandle.Read(operation.Handle), cancellationToken)
            : Task.FromResult(operation);

    /// <inheritdoc />
    public async Task<IReadOnlyList<WorkerInstance>> ListAsync(string runId, CancellationToken cancellationToken)
    {
        IReadOnlyList<Life> lives = await claims.ListAsync(runId, cancellationToken);
        Dictionary<string, MachineList> lists = [];
        foreach (string set in lives.Select(life => life.Machine is { } machine ? FleetNames.ScaleSetOf(machine) : null).OfType<string>().Distinct())
            lists[set] = await sets.MachinesAsync(set, cancellationToken);
        return [.. lives.Where(life => life.Machine is not null).Select(life => Instance(life, lists))];
    }

    /// <inheritdoc />
    public async Task KillAsync(string runId, IReadOnlyList<WorkerLife> lives, CancellationToken cancellationToken)
    {
        await claims.EndAsync(runId, lives, cancellationToken);
        HashSet<WorkerLife> wanted = [.. lives];
        IReadOnlyList<Life> all = await claims.ListAsync(runId, cancellationToken);
        // A machine that has claimed another life since is not the ended life's any more.
        HashSet<string> busy = [.. all.Where(life => !life.Ended).Select(life => life.Machine).OfType<string>()];
        IEnumerable<string> machines = all
            .Where(life => wanted.Contains(life.Of) && life.Machine is not null && !busy.Contains(life.Machine))
            .Select(life => life.Machine!)
            .Distinct();
        foreach (IGrouping<string?, string> ofSet in machines.GroupBy(FleetNames.ScaleSetOf))
        {
            if (ofSet.Key is { } set) await KillAsync(set, [.. ofSet], cancellationToken);
        }
    }

    /// <inheritdoc />
    public async Task<FleetCost?> CostAsync(string runId, CancellationToken cancellationToken) =>
        bill is null ? null : await bill.OfAsync(runId, cancellationToken);

    /// <inheritdoc />
    public Task<FleetOperation> ReleaseAsync(string runId, CancellationToken cancellationToken)
    {
        stored.TryRemove(runId, out _);
        return StepAsync(runId, new OperationHandle { Release = true, Since = time.GetUtcNow() }, cancellationToken);
    }

    private async Task<FleetOperation> StepAsync(string runId, OperationHandle handle, CancellationToken cancellationToken)
    {
        using Activity? activity = AzureTelemetry.Source.StartActivity(handle.Release ? "fleet release" : "fleet size");
        activity?.SetTag("marathon.run.id", runId);
        SemaphoreSlim turn = turns.GetOrAdd(runId, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            FleetOperation operation = handle.Release
                ? await release.StepAsync(runId, handle, cancellationToken)
                : await size.StepAsync(runId, handle, cancellationToken);
            logger.FleetStep(runId, operation.State, operation.Detail);
            return operation;
        }
        catch (RequestFailedException refused)
        {
            ArmError error = ArmError.From(refused);
            AzureTelemetry.CallsRefused.Add(1, new("http.response.status_code", error.Status), new("error.type", error.Code));
            activity?.SetStatus(ActivityStatusCode.Error, error.Code);
            logger.ArmRefused(runId, error.Status, error.Code, error.Message);
            return error.IsTransient || error.IsConflict
                ? new FleetOperation(FleetOperationState.Running, runId, handle.Write(), error.Wait, $"{error.Status} {error.Code}")
                : new FleetOperation(FleetOperationState.Failed, runId, Detail: $"{error.Code}: {error.Message}");
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task KillAsync(string set, string[] machines, CancellationToken cancellationToken)
    {
        HashSet<string> there = [.. (await sets.MachinesAsync(set, cancellationToken)).Machines.Where(machine => machine.IsThere).Select(machine => machine.Name)];
        string[] listed = [.. machines.Where(there.Contains)];
        if (listed.Length > 0)
        {
            try
            {
                await sets.DeleteMachinesAsync(set, listed, cancellationToken);
            }
            catch (RequestFailedException refused) when (refused.Status is 400 or 404 || (refused.Status == 409 && listed.Length <= MaxSingleDeletions))
            {
                // One of them has gone since the list was read, or the set is being changed, and Compute refuses the lot.
                there.Clear();
            }
        }
        foreach (string machine in machines.Where(machine => !there.Contains(machine)))
            await sets.DeleteMachineAsync(machine, cancellationToken);
    }

    private static WorkerInstance Instance(Life life, Dictionary<string, MachineList> lists)
    {
        MachineList? list = FleetNames.ScaleSetOf(life.Machine!) is { } set ? lists.GetValueOrDefault(set) : null;
        Machine? machine = list?.Machines.FirstOrDefault(candidate => candidate.Name == life.Machine);
        bool there = machine?.IsThere ?? (list is not null && life.ClaimedAt > list.ReadAt - ListLag);
        string detail = life.Ended ? $"{life.Machine}, ended" : there ? life.Machine! : $"{life.Machine} is gone";
        return new WorkerInstance(life.Of.Worker, life.Of.Epoch, there && !life.Ended, Pid: null, detail);
    }
}
