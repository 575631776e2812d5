using System.Collections.Concurrent;
using Azure;
using Marathon.Azure.Arm;
using Marathon.Azure.Boot;
using Marathon.Azure.Claims;
using Marathon.Azure.Secrets;
using Marathon.Controller.Fleets;

namespace Marathon.Azure.Fleets;

/// <summary>
/// Brings a fleet to its size, one step a call and at most one change under way. All it knows it reads: what there is at
/// Azure, which lives were claimed, and the handle. So any process can take the next step, and a step taken twice does no harm.
/// </summary>
internal sealed class FleetSize(
    ScaleSets sets, LongOperations operations, LifeClaims claims, IRunSecrets secrets, SpotFleetOptions options, TimeProvider time)
{
    /// <summary>A machine that has lost its worker has so long to claim another life or to go.</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(60);

    private const int MaxFailures = 3;
    private static readonly TimeSpan s_refusalHolds = TimeSpan.FromMinutes(10);

    private readonly IReadOnlyList<Placement> placements = Placement.All(options);

    // A supervisor may ask again instead of polling; what this process knows of the run helps it then, and nothing depends on it.
    private readonly ConcurrentDictionary<string, (Uri Url, int Placement)> underWay = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> shortSince = new();

    // So that not every supervisor and every run must find out for itself that a size is sold out.
    private readonly ConcurrentDictionary<int, (Refusal Refusal, DateTimeOffset Until)> refusals = new();

    public async Task<FleetOperation> StepAsync(string runId, OperationHandle handle, CancellationToken cancellationToken)
    {
        // Another version of the options may have had more placements.
        if (handle.Placement >= placements.Count || handle.Refused.Keys.Any(key => key < 0 || key >= placements.Count))
            handle = handle with { Url = null, Placement = 0, Refused = new Dictionary<int, Refusal>() };
        if (handle.Url is null && underWay.TryGetValue(runId, out (Uri Url, int Placement) begun))
            handle = handle with { Url = begun.Url, Placement = begun.Placement };
        if (handle.Url is { } url)
        {
            OperationStatus status = await operations.GetAsync(url, cancellationToken);
            if (status.Outcome == OperationOutcome.Running) return Wait(runId, handle, $"waits for {placements[handle.Placement]}", status.RetryAfter);
            underWay.TryRemove(runId, out _);
            handle = handle with { Url = null };
            if (status.Error is { } error && CapacityError.Is(error)) handle = Refuse(handle, handle.Placement, error);
            else if (status.Error is { } failure && (handle = handle with { Failures = handle.Failures + 1 }).Failures >= MaxFailures)
                return Fail(runId, $"{failure.Code}: {failure.Message}");
        }

        Dictionary<int, ScaleSetState> states = [];
        foreach (Placement placement in placements)
            states[placement.Index] = await sets.FindAsync(FleetNames.ScaleSet(runId, placement.Index), cancellationToken);
        if (states.Values.FirstOrDefault(state => state.IsChanging) is { } changing)
            return Wait(runId, handle, $"{changing.Name} is {changing.ProvisioningState}");
        return await SettleAsync(runId, handle, states, cancellationToken);
    }

    private async Task<FleetOperation> SettleAsync(
        string runId, OperationHandle handle, Dictionary<int, ScaleSetState> states, CancellationToken cancellationToken)
    {
        FleetView view = await ViewAsync(runId, states, cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        if (view.Failed.FirstOrDefault() is { } broken)
            return await DeleteAsync(runId, handle, broken.Key, broken, "broken", cancellationToken);
        if (view.Short is { } set)
        {
            // Lists lag: only after a while do they prove that machines are missing. A smaller capacity would end some that are there.
            if (now - shortSince.GetOrAdd(set.Name, now) < VmScaleSetFleetProvider.ListLag)
                return Wait(runId, handle, $"{set.Name} shows {set.Present} of {set.Capacity} machines");
            shortSince.TryRemove(set.Name, out _);
            Begun shrunk = await sets.SetCapacityAsync(set.Name, set.Present, cancellationToken);
            return Follow(runId, handle, shrunk, set.Placement, $"gives up {set.Capacity - set.Present} machines of {set.Name}");
        }
        foreach (ScaleSetState state in states.Values) shortSince.TryRemove(state.Name, out _);
        if (view.IdleSince(now - IdleLimit).FirstOrDefault() is { } idle)
            return await DeleteAsync(runId, handle, idle.Key, idle, "idle", cancellationToken);
        int idleForNow = view.IdleSince(now).Sum(machines => machines.Count());
        int missing = handle.Size - view.Working;
        if (missing > 0 && await GrowAsync(runId, handle, states, missing, idleForNow > 0, cancellationToken) is { } growing) return growing;
        if (idleForNow > 0) return Wait(runId, handle, $"{idleForNow} machines have lost their worker: they claim another life, or go");
        // What was read before the call may not show yet why it was made: an eviction, say.
        if (view.ReadAt < handle.Since) return Wait(runId, handle, "waits for a fresh list of machines");
        if (view.Surplus(handle.Size).FirstOrDefault() is { } surplus)
            return await DeleteAsync(runId, handle, surplus.Key, surplus, "surplus", cancellationToken);
        return FleetOperation.Done(runId);
    }

    /// <summary>Null where there is no room now but machines are about to go.</summary>
    private async Task<FleetOperation?> GrowAsync(
        string runId, OperationHandle handle, Dictionary<int, ScaleSetState> states, int missing, bool mayWait, CancellationToken cancellationToken)
    {
        handle = Remember(handle);
        foreach (Placement placement in placements)
        {
            ScaleSetState state = states[placement.Index];
            int more = Math.Min(missing, Placement.MaxMachines - state.Capacity);
            if (more <= 0 || IsRefused(handle, placement)) continue;
            try
            {
                Begun begun = state.Exists
                    ? await sets.SetCapacityAsync(state.Name, state.Capacity + more, cancellationToken)
                    : await CreateAsync(runId, handle, placement, more, cancellationToken);
                AzureTelemetry.MachinesRequested.Add(
                    more, new("azure.vm.size", placement.Size), new("azure.vm.priority", placement.Spot ? "spot" : "regular"));
                return Follow(runId, handle, begun, placement.Index, $"adds {more} × {placement}");
            }
            catch (RequestFailedException refused) when (ArmError.From(refused) is var error && CapacityError.Is(error))
            {
                handle = Refuse(handle, placement.Index, error);
            }
        }
        return mayWait ? null : Fail(runId, FleetShortage.Describe(options, placements, handle.Refused, missing));
    }

    private Task<Begun> CreateAsync(string runId, OperationHandle handle, Placement placement, int capacity, CancellationToken cancellationToken)
    {
        WorkerBoot boot = new(
            runId, handle.Controller!, secrets.Reference(FleetNames.Secret(runId, handle.Attempt)), options.IdentityClientId, options.Image,
            TimeSpan.FromSeconds(handle.LeaseSeconds));
        return sets.CreateAsync(
            FleetNames.ScaleSet(runId, placement.Index),
            ScaleSetModel.Create(options, placement, capacity, runId, CloudInit.CustomData(boot), time.GetUtcNow()),
            cancellationToken);
    }

    private async Task<FleetOperation> DeleteAsync(
        string runId, OperationHandle handle, string set, IEnumerable<string> machines, string why, CancellationToken cancellationToken)
    {
        string[] names = [.. machines];
        Begun begun = await sets.DeleteMachinesAsync(set, names, cancellationToken);
        int placement = placements.First(candidate => FleetNames.ScaleSet(runId, candidate.Index) == set).Index;
        return Follow(runId, handle, begun, placement, $"deletes {names.Length} {why} machines of {set}");
    }

    private async Task<FleetView> ViewAsync(string runId, Dictionary<int, ScaleSetState> states, CancellationToken cancellationToken)
    {
        List<SetView> views = [];
        foreach ((int placement, ScaleSetState state) in states)
        {
            if (state.Exists) views.Add(new SetView(placement, state, await sets.MachinesAsync(state.Name, cancellationToken)));
        }
        return new FleetView(views, await claims.ListAsync(runId, cancellationToken), states.Values.Min(state => state.ReadAt));
    }

    private OperationHandle Remember(OperationHandle handle)
    {
        DateTimeOffset now = time.GetUtcNow();
        Dictionary<int, Refusal> known = new(handle.Refused);
        foreach ((int placement, (Refusal refusal, DateTimeOffset until)) in refusals)
        {
            if (until > now) known.TryAdd(placement, refusal);
        }
        return handle with { Refused = known };
    }

    private OperationHandle Refuse(OperationHandle handle, int placement, ArmError error)
    {
        Refusal refusal = Refusal.Of(error);
        refusals[placement] = (refusal, time.GetUtcNow() + s_refusalHolds);
        return handle with { Refused = new Dictionary<int, Refusal>(handle.Refused) { [placement] = refusal } };
    }

    private bool IsRefused(OperationHandle handle, Placement placement) =>
        handle.Refused.Any(refused => refused.Value.Covers(placements[refused.Key], placement));

    private FleetOperation Follow(string runId, OperationHandle handle, Begun begun, int placement, string detail)
    {
        if (begun.Url is { } url) underWay[runId] = (url, placement);
        return Wait(runId, handle with { Url = begun.Url, Placement = placement }, detail, begun.RetryAfter);
    }

    private static FleetOperation Wait(string runId, OperationHandle handle, string detail, TimeSpan? after = null) =>
        new(FleetOperationState.Running, runId, handle.Write(), Max(after, ScaleSets.ListInterval), detail);

    private static FleetOperation Fail(string runId, string detail) => new(FleetOperationState.Failed, runId, Detail: detail);

    private static TimeSpan Max(TimeSpan? asked, TimeSpan least) => asked is { } wait && wait > least ? wait : least;
}
