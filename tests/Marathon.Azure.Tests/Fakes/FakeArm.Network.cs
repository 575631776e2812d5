using System.Text.Json.Nodes;

namespace Marathon.Azure.Tests.Fakes;

public sealed partial class FakeArm
{
    public const string SecurityGroup = Network + "/networkSecurityGroups/nsg-faults";

    private const string Network = $"/subscriptions/{Subscription}/resourceGroups/{Group}/providers/Microsoft.Network";
    private readonly Dictionary<string, JsonObject> rules = [];
    private int changesOfRules;

    /// <summary>Whether connections that are open heed a rule that comes.</summary>
    public bool FlushesConnections { get; set; } = true;

    /// <summary>Whether the group exists.</summary>
    public bool HasSecurityGroup { get; set; } = true;

    /// <summary>What a rule that is put becomes.</summary>
    public string StateOfRules { get; set; } = "Succeeded";

    /// <summary>By name, also those that are not in force yet.</summary>
    public IReadOnlyDictionary<string, JsonObject> Rules
    {
        get
        {
            Settle();
            return rules;
        }
    }

    /// <summary>Whether packets of a machine to a peer are dropped, those of connections that are open included.</summary>
    public bool IsBlocked(FakeMachine machine, string peer) => FlushesConnections && Rules.Values.Select(rule => rule["properties"]!).Any(rule =>
        (string?)rule["provisioningState"] == "Succeeded" && (string?)rule["access"] == "Deny" && (string?)rule["direction"] == "Outbound" &&
        (string?)rule["sourceAddressPrefix"] == machine.Address && rule["destinationAddressPrefixes"]!.AsArray().Any(prefix => (string?)prefix == peer));

    private (ComputePolicy Policy, string Resource, Func<HttpResponseMessage> Act)? RouteNetwork(string method, string path, string body)
    {
        if (Match(path, @"/networkSecurityGroups/nsg-faults/securityRules/([^/]+)$") is [_, var rule])
        {
            return method switch
            {
                "GET" => (ComputePolicy.NetworkRead, rule, () => rules.TryGetValue(rule, out JsonObject? found) ? Json(200, found.DeepClone()) : NoNetwork(rule)),
                "PUT" => (ComputePolicy.NetworkWrite, rule, () => PutRule(rule, JsonNode.Parse(body)!.AsObject())),
                "DELETE" => (ComputePolicy.NetworkWrite, rule, () => DeleteRule(rule)),
                _ => null,
            };
        }
        if (method != "GET") return null;
        if (Match(path, @"/networkSecurityGroups/nsg-faults$") is not null) return (ComputePolicy.NetworkRead, "group", GetGroup);
        return Match(path, @"/networkInterfaces/([^/]+)-nic$") is [_, var machine] ? (ComputePolicy.NetworkRead, machine, () => GetInterface(machine)) : null;
    }

    private HttpResponseMessage GetGroup() => !HasSecurityGroup ? NoNetwork("nsg-faults") : Json(200, new JsonObject
    {
        ["id"] = SecurityGroup,
        ["properties"] = new JsonObject
        {
            ["flushConnection"] = FlushesConnections,
            ["securityRules"] = new JsonArray([.. rules.Values.Select(rule => rule.DeepClone())]),
        },
    });

    private HttpResponseMessage PutRule(string name, JsonObject rule)
    {
        if (!HasSecurityGroup) return NoNetwork("nsg-faults");
        if (changesOfRules > 0) return Error(409, "AnotherOperationInProgress", "another operation on the group is in progress");
        if (rules.Any(other => other.Key != name && (int)other.Value["properties"]!["priority"]! == (int)rule["properties"]!["priority"]!))
            return Error(400, "SecurityRuleConflict", "rules cannot have the same priority and direction");
        rule["name"] = name;
        rule["properties"]!["provisioningState"] = "Updating";
        rules[name] = rule;
        return Change(201, rule.DeepClone(), () => rule["properties"]!["provisioningState"] = StateOfRules);
    }

    private HttpResponseMessage DeleteRule(string name)
    {
        if (!HasSecurityGroup) return NoNetwork("nsg-faults");
        if (changesOfRules > 0) return Error(409, "AnotherOperationInProgress", "another operation on the group is in progress");
        return rules.ContainsKey(name) ? Change(202, null, () => rules.Remove(name)) : Json(204, null);
    }

    private HttpResponseMessage Change(int status, JsonNode? body, Action effect)
    {
        changesOfRules++;
        return Begin(status, body, () =>
        {
            changesOfRules--;
            effect();
            return null;
        });
    }

    private HttpResponseMessage GetInterface(string name)
    {
        if (FindMachine(name) is not { Set: { } set } machine) return NoNetwork(name);
        JsonNode? group = set.Model["properties"]!["virtualMachineProfile"]!["networkProfile"]!["networkInterfaceConfigurations"]![0]!["properties"]!["networkSecurityGroup"];
        JsonObject properties = new() { ["ipConfigurations"] = new JsonArray(new JsonObject { ["properties"] = new JsonObject { ["privateIPAddress"] = machine.Address } }) };
        // Resource ids are written as it suits each service.
        if (group is not null) properties["networkSecurityGroup"] = new JsonObject { ["id"] = ((string)group["id"]!).ToUpperInvariant() };
        return Json(200, new JsonObject { ["properties"] = properties });
    }

    private static HttpResponseMessage NoNetwork(string name) => Error(404, "ResourceNotFound", $"no {name}");
}
