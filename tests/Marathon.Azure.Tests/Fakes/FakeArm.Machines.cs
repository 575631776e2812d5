using System.Text.Json.Nodes;

namespace Marathon.Azure.Tests.Fakes;

public sealed partial class FakeArm
{
    private readonly List<FakeMachine> machines = [];
    private readonly List<(string Type, string Name)> parts = [];
    private int machineNumber;

    /// <summary>Those that run.</summary>
    public IReadOnlyList<FakeMachine> Running
    {
        get
        {
            lock (gate)
            {
                Settle();
                return [.. machines.Where(machine => !machine.IsGone && machine.State == "Succeeded")];
            }
        }
    }

    /// <summary>All that costs money or a quota.</summary>
    public IReadOnlyList<FakeMachine> Existing
    {
        get
        {
            lock (gate)
            {
                Settle();
                return [.. machines.Where(machine => !machine.IsGone)];
            }
        }
    }

    /// <summary>Disks and interfaces whose machine is gone.</summary>
    public IList<(string Type, string Name)> Parts => parts;

    /// <summary>Takes a spot machine away, with its disk: the total falls.</summary>
    public void Evict(FakeMachine machine)
    {
        lock (gate)
        {
            if (machine.Set is { } set) set.Capacity--;
            Remove(machine);
        }
    }

    /// <summary>A machine whose set is gone.</summary>
    public FakeMachine AddStray(string name)
    {
        FakeMachine machine = new() { Name = name, Set = null, State = "Succeeded", ListedFrom = clock.GetUtcNow() };
        machines.Add(machine);
        return machine;
    }

    private void Add(FakeScaleSet set, string state) => machines.Add(new FakeMachine
    {
        Name = $"{set.Name}_{++machineNumber:x8}",
        Address = $"10.20.{16 + (machineNumber / 250)}.{4 + (machineNumber % 250)}",
        Set = set,
        State = state,
        ListedFrom = clock.GetUtcNow() + ListLag,
    });

    private void Remove(FakeMachine machine)
    {
        machine.IsGone = true;
        machine.ListedUntil = clock.GetUtcNow() + ListLag;
    }

    private IEnumerable<FakeMachine> OfSet(FakeScaleSet set) => machines.Where(machine => machine.Set == set && !machine.IsGone);

    private HttpResponseMessage ListMachines(string set) => Find(set) is null
        ? NoSet(set)
        : Json(200, Page(machines.Where(machine => machine.Set?.Name == set)));

    private HttpResponseMessage ListMachines() => Json(200, Page(machines));

    private JsonObject Page(IEnumerable<FakeMachine> which) => new()
    {
        ["value"] = new JsonArray([.. which
            .Where(machine => machine.ListedFrom <= clock.GetUtcNow() && clock.GetUtcNow() < machine.ListedUntil)
            .Select(Describe)]),
    };

    private HttpResponseMessage GetMachine(string name) => FindMachine(name) is { } found ? Json(200, Describe(found)) : NoMachine(name);

    private HttpResponseMessage DeleteMachine(string name)
    {
        if (FindMachine(name) is not { } machine) return Json(204, null);
        machine.State = "Deleting";
        return Begin(202, null, () =>
        {
            if (!machine.IsGone) Evict(machine);
            return null;
        });
    }

    private HttpResponseMessage Act(string name, string action, string body)
    {
        if (FindMachine(name) is not { } machine) return NoMachine(name);
        if (action == "simulateEviction")
        {
            if (machine.Set?.IsSpot != true) return Error(409, "OperationNotAllowed", "simulateEviction is for spot machines");
            Begin(202, null, () => { if (!machine.IsGone) Evict(machine); return null; }, TimeSpan.FromSeconds(30));
            return Json(204, null);
        }
        return Begin(202, null, () =>
        {
            if (action == "powerOff") machine.IsPoweredOff = true;
            if (action is "start" or "restart" or "redeploy") machine.IsPoweredOff = false;
            if (action == "runCommand") machine.Scripts.Add(string.Join("\n", JsonNode.Parse(body)!["script"]!.AsArray().Select(line => (string)line!)));
            return null;
        });
    }

    private HttpResponseMessage ListResources() => Json(200, new JsonObject
    {
        ["value"] = new JsonArray([.. parts.Select(part => new JsonObject
        {
            ["id"] = $"/subscriptions/{Subscription}/resourceGroups/{Group}/providers/{part.Type}/{part.Name}",
            ["name"] = part.Name,
            ["type"] = part.Type,
            ["location"] = "westeurope",
        })]),
    });

    private HttpResponseMessage DeletePart(string name)
    {
        parts.RemoveAll(part => part.Name == name);
        return Json(202, null);
    }

    private FakeMachine? FindMachine(string name) => machines.Find(candidate => candidate.Name == name && !candidate.IsGone);

    private static HttpResponseMessage NoMachine(string name) => Error(404, "ResourceNotFound", $"no machine {name}");

    private static JsonObject Describe(FakeMachine machine) => new()
    {
        ["id"] = $"/subscriptions/{Subscription}/resourceGroups/{Group}/providers/Microsoft.Compute/virtualMachines/{machine.Name}",
        ["name"] = machine.Name,
        ["instanceId"] = machine.Name,
        ["type"] = "Microsoft.Compute/virtualMachines",
        ["location"] = "westeurope",
        ["properties"] = new JsonObject
        {
            ["provisioningState"] = machine.State,
            ["networkProfile"] = new JsonObject { ["networkInterfaces"] = new JsonArray(new JsonObject { ["id"] = $"{Network}/networkInterfaces/{machine.Name}-nic" }) },
        },
    };
}
