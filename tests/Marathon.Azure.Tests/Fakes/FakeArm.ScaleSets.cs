using System.Text.Json.Nodes;

namespace Marathon.Azure.Tests.Fakes;

public sealed partial class FakeArm
{
    private readonly List<FakeScaleSet> sets = [];

    public IReadOnlyList<FakeScaleSet> Sets
    {
        get
        {
            Settle();
            return sets;
        }
    }

    /// <summary>How many machines of a size, zone and priority there is room for in all; without an entry there is no end.</summary>
    public Dictionary<(string Size, string? Zone, bool Spot), int> Room { get; } = [];

    /// <summary>Refuses to add machines, before anything is made: by size, zone, priority and how many more.</summary>
    public Func<string, string?, bool, int, (string Code, string Message)?> Refuse { get; set; } = (_, _, _, _) => null;

    /// <summary>What an allocation that fails is called.</summary>
    public string AllocationError { get; set; } = "OverconstrainedAllocationRequest";

    private HttpResponseMessage GetSet(string name) => Find(name) is { } set ? Json(200, Describe(set)) : NoSet(name);

    private HttpResponseMessage ListSets() =>
        Json(200, new JsonObject { ["value"] = new JsonArray([.. sets.Where(set => set.ListedFrom <= clock.GetUtcNow()).Select(Describe)]) });

    private HttpResponseMessage PutSet(string name, JsonObject model)
    {
        if (Find(name) is { State: not "Succeeded" }) return Error(409, "Conflict", "another operation is under way");
        if (Find(name) is not null) return Error(409, "PropertyChangeNotAllowed", "the key cannot be changed");
        FakeScaleSet set = new() { Name = name, Model = model, ListedFrom = clock.GetUtcNow() + ListLag };
        int capacity = (int)model["sku"]!["capacity"]!;
        if (Refuse(set.Size, set.Zone, set.IsSpot, capacity) is { } refusal) return Error(409, refusal.Code, refusal.Message);
        set.Capacity = capacity;
        sets.Add(set);
        return Begin(201, Describe(set), () => Allocate(set));
    }

    private HttpResponseMessage PatchSet(string name, JsonObject patch)
    {
        if (Find(name) is not { } set) return NoSet(name);
        if (set.State is not ("Succeeded" or "Failed")) return Error(409, "Conflict", "another operation is under way");
        int capacity = (int)patch["sku"]!["capacity"]!;
        if (capacity > 1000) return Error(400, "InvalidParameter", "a set has at most 1000");
        if (capacity > set.Capacity && Refuse(set.Size, set.Zone, set.IsSpot, capacity - set.Capacity) is { } refusal) return Error(409, refusal.Code, refusal.Message);
        (set.Capacity, set.State) = (capacity, "Updating");
        return Begin(200, Describe(set), () => Allocate(set));
    }

    private HttpResponseMessage DeleteSet(string name)
    {
        if (Find(name) is not { } set) return Json(204, null);
        set.State = "Deleting";
        foreach (FakeMachine machine in OfSet(set)) machine.State = "Deleting";
        return Begin(202, null, () =>
        {
            sets.Remove(set);
            foreach (FakeMachine machine in OfSet(set).ToArray()) Remove(machine);
            return null;
        });
    }

    private HttpResponseMessage DeleteMachines(string name, string body)
    {
        if (Find(name) is not { } set) return NoSet(name);
        if (set.State is not ("Succeeded" or "Failed")) return Error(409, "Conflict", "another operation is under way");
        string[] ids = [.. JsonNode.Parse(body)!["instanceIds"]!.AsArray().Select(id => (string)id!)];
        FakeMachine[] doomed = [.. OfSet(set).Where(machine => ids.Contains(machine.Name))];
        if (doomed.Length != ids.Length) return Error(400, "InvalidParameter", "an instanceId is not an active instance");
        set.State = "Updating";
        foreach (FakeMachine machine in doomed) machine.State = "Deleting";
        return Begin(202, null, () =>
        {
            foreach (FakeMachine machine in doomed.Where(machine => !machine.IsGone)) Evict(machine);
            if (set.State == "Updating") set.State = "Succeeded";
            return null;
        });
    }

    /// <summary>Gives a set the machines that it lacks, as far as there is room; of those that fail every other is left behind broken.</summary>
    private (string Code, string Message)? Allocate(FakeScaleSet set)
    {
        if (set.State == "Deleting") return null;
        FakeMachine[] there = [.. OfSet(set)];
        foreach (FakeMachine surplus in there.Skip(set.Capacity)) Remove(surplus);
        int wanted = Math.Max(0, set.Capacity - there.Length);
        int room = Room.TryGetValue((set.Size, set.Zone, set.IsSpot), out int limit)
            ? limit - machines.Count(machine => !machine.IsGone && machine.State == "Succeeded" && machine.Set is { } owner && (owner.Size, owner.Zone, owner.IsSpot) == (set.Size, set.Zone, set.IsSpot))
            : wanted;
        int made = Math.Clamp(room, 0, wanted);
        for (int i = 0; i < wanted; i++)
        {
            if (i < made || i % 2 == 0) Add(set, i < made ? "Succeeded" : "Failed");
        }
        set.State = made == wanted ? "Succeeded" : "Failed";
        return made == wanted ? null : (AllocationError, $"no room for {wanted - made} × {set.Size}");
    }

    private FakeScaleSet? Find(string name) => sets.Find(set => set.Name == name);

    private static HttpResponseMessage NoSet(string name) => Error(404, "ResourceNotFound", $"no set {name}");

    private static JsonObject Describe(FakeScaleSet set)
    {
        JsonObject text = set.Model.DeepClone().AsObject();
        text["id"] = $"/subscriptions/{Subscription}/resourceGroups/{Group}/providers/Microsoft.Compute/virtualMachineScaleSets/{set.Name}";
        text["name"] = set.Name;
        text["type"] = "Microsoft.Compute/virtualMachineScaleSets";
        text["sku"]!["capacity"] = set.Capacity;
        text["properties"]!["provisioningState"] = set.State;
        text["properties"]!["virtualMachineProfile"]!["osProfile"]!.AsObject().Remove("customData");
        return text;
    }
}
