using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.ResourceManager.Compute;
using Marathon.Azure.Arm;

namespace Marathon.Azure.Faults;

/// <summary>
/// Rules of the machines' security group that deny one of them the way to its peers. The subnet has another group, and what
/// passes must pass both: a rule here can close a way, and opens none. The group re-evaluates the connections that are open
/// whenever a rule changes; without that a client would keep those that it has.
/// </summary>
internal sealed class DenyRules(ArmAccess arm, TimeProvider time)
{
    /// <summary>What the platform answers when two rules want one priority.</summary>
    public const string PriorityTaken = "SecurityRuleConflict";

    private const string ApiVersion = "2024-05-01";
    private const string Prefix = "marathon-fault-", Until = "until ";
    private const int FirstPriority = 100, LastPriority = 4096;
    private static readonly ResourceType s_group = "Microsoft.Network/networkSecurityGroups";

    /// <summary>Whether a text is the resource id of a security group.</summary>
    public static bool IsGroup(string text) =>
        ResourceIdentifier.TryParse(text, out ResourceIdentifier? id) && id is not null && id.ResourceType == s_group;

    /// <summary>The rule of a fault. Fault ids are unique within a run alone, and a machine belongs to one.</summary>
    public static ResourceIdentifier Id(string faultId, VmFault fault)
    {
        string name = Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{fault.Machine} {faultId}")))[..12];
        return new ResourceIdentifier(fault.SecurityGroup!).AppendChildResource("securityRules", name);
    }

    /// <summary>Begins to put the rule. Putting it again changes nothing.</summary>
    /// <exception cref="RequestFailedException">Among others, where the group could not block the machine.</exception>
    public async Task<Response> AddAsync(string faultId, VmFault fault, VirtualMachineData machine, CancellationToken cancellationToken)
    {
        fault.Check();
        string address = await AddressAsync(machine, fault.SecurityGroup!, cancellationToken);
        JsonElement group = await GroupAsync(fault.SecurityGroup!, cancellationToken);
        if (!(group.TryGetProperty("flushConnection", out JsonElement flushes) && flushes.ValueKind == JsonValueKind.True))
            throw Unfit($"{fault.SecurityGroup} leaves open connections as they are: set its flushConnection, as infra/modules/workers.bicep does");
        ResourceIdentifier rule = Id(faultId, fault);
        object body = new
        {
            properties = new
            {
                description = Until + (time.GetUtcNow() + fault.AtMost).ToString("O", CultureInfo.InvariantCulture),
                access = "Deny",
                direction = "Outbound",
                priority = Priority(Rules(group), rule.Name),
                protocol = "*",
                sourceAddressPrefix = address,
                sourcePortRange = "*",
                destinationAddressPrefixes = fault.Peers,
                destinationPortRange = "*",
            },
        };
        return await arm.SendAsync(RequestMethod.Put, rule, ApiVersion, body, cancellationToken);
    }

    /// <summary>Whether the group applies the rule.</summary>
    /// <exception cref="RequestFailedException">Among others, where it could not.</exception>
    public async Task<bool> IsInForceAsync(string faultId, VmFault fault, CancellationToken cancellationToken)
    {
        ResourceIdentifier rule = Id(faultId, fault);
        string state = Text((await ReadAsync(rule, "the rule was taken away at once", cancellationToken)).GetProperty("provisioningState"));
        return state switch
        {
            "Succeeded" => true,
            "Failed" => throw Unfit($"the platform could not apply {rule.Name}"),
            _ => false,
        };
    }

    /// <summary>Begins to remove a rule; nothing to do is fine.</summary>
    public Task<Response> RemoveAsync(ResourceIdentifier rule, CancellationToken cancellationToken) =>
        arm.SendAsync(RequestMethod.Delete, rule, ApiVersion, body: null, cancellationToken);

    /// <summary>Rules of ours that have lasted as long as they may.</summary>
    public async Task<IReadOnlyList<ResourceIdentifier>> OutlivedAsync(ResourceIdentifier group, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        return
        [
            .. Rules(await GroupAsync(group.ToString(), cancellationToken))
                .Where(rule => rule.Name.StartsWith(Prefix, StringComparison.Ordinal) && rule.MayLastUntil < now)
                .Select(rule => group.AppendChildResource("securityRules", rule.Name)),
        ];
    }

    /// <summary>The address by which rules know a machine; not from its worker, which might name that of another.</summary>
    private async Task<string> AddressAsync(VirtualMachineData machine, string group, CancellationToken cancellationToken)
    {
        JsonElement card = Properties(await arm.SendAsync(RequestMethod.Get, machine.NetworkProfile.NetworkInterfaces[0].Id, ApiVersion, body: null, cancellationToken));
        if (!card.TryGetProperty("networkSecurityGroup", out JsonElement its) || !string.Equals(Text(its.GetProperty("id")), group, StringComparison.OrdinalIgnoreCase))
            throw Unfit($"{machine.Name} was made without the security group {group}: only machines of later fleets are in it");
        return Text(card.GetProperty("ipConfigurations")[0].GetProperty("properties").GetProperty("privateIPAddress"));
    }

    private Task<JsonElement> GroupAsync(string id, CancellationToken cancellationToken) =>
        ReadAsync(new ResourceIdentifier(id), $"there is no security group {id}: deploy infra/main.bicep again", cancellationToken);

    // 404 would mean that the machine is gone.
    private async Task<JsonElement> ReadAsync(ResourceIdentifier id, string otherwise, CancellationToken cancellationToken)
    {
        try
        {
            return Properties(await arm.SendAsync(RequestMethod.Get, id, ApiVersion, body: null, cancellationToken));
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            throw Unfit(otherwise);
        }
    }

    private static int Priority(IEnumerable<Rule> rules, string name)
    {
        Dictionary<int, string> taken = rules.Where(rule => rule.Direction == "Outbound").ToDictionary(rule => rule.Priority, rule => rule.Name);
        return taken.FirstOrDefault(rule => rule.Value == name, new(FirstFree(taken), name)).Key;
    }

    private static int FirstFree(Dictionary<int, string> taken) =>
        Enumerable.Range(FirstPriority, LastPriority - FirstPriority + 1).FirstOrDefault(priority => !taken.ContainsKey(priority), LastPriority);

    private static IEnumerable<Rule> Rules(JsonElement group) => group.GetProperty("securityRules").EnumerateArray().Select(rule =>
    {
        JsonElement properties = rule.GetProperty("properties");
        string description = properties.TryGetProperty("description", out JsonElement text) ? Text(text) : "";
        return new Rule(
            Text(rule.GetProperty("name")), Text(properties.GetProperty("direction")), properties.GetProperty("priority").GetInt32(),
            DateTimeOffset.TryParse(description.Replace(Until, "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out DateTimeOffset until) ? until : default);
    });

    private static JsonElement Properties(Response response) => response.Content.ToObjectFromJson<JsonElement>().GetProperty("properties");

    private static string Text(JsonElement value) => value.GetString() ?? "";

    private static RequestFailedException Unfit(string why) => new(400, why, "CannotBlock", innerException: null);

    private sealed record Rule(string Name, string Direction, int Priority, DateTimeOffset MayLastUntil);
}
