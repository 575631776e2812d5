using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Core.Pipeline;
using Azure.ResourceManager;
using Marathon.Azure.Arm;

namespace Marathon.Azure.Tests.Fakes;

/// <summary>
/// Azure Resource Manager with Compute and a little of Network, in memory, as far as fleets need it: long operations that take virtual time, documented
/// limits, conflicts, capacity and quota errors, evictions, and lists that lag.
/// </summary>
public sealed partial class FakeArm(TimeProvider clock, Death? death = null) : HttpMessageHandler
{
    public const string Subscription = "11111111-2222-3333-4444-555555555555";
    public const string Group = "rg-workers";

    private readonly Lock gate = new();
    private readonly Throttle throttle = new(clock);
    private readonly Queue<(int Status, string Code, string Message, int? RetryAfter)> refusals = new();
    private readonly Dictionary<string, FakeOperation> operations = [];
    private int operationNumber;

    public List<FakeCall> Calls { get; } = [];

    /// <summary>How long lists do not show what has changed.</summary>
    public TimeSpan ListLag { get; set; } = TimeSpan.Zero;

    public TimeSpan OperationTime { get; set; } = TimeSpan.FromSeconds(60);

    public IEnumerable<FakeCall> Throttled => Calls.Where(call => call.Status == 429);

    public ArmAccess Access() => new(new FakeCredential(), Subscription, new ArmClientOptions
    {
        Environment = new ArmEnvironment(new Uri("https://arm.test"), "https://arm.test/"),
        Transport = new HttpClientTransport(new HttpClient(this, disposeHandler: false)),
    });

    /// <summary>Answers the next call that matters (no status of an operation) so, without looking at it.</summary>
    public void RefuseNext(int status, string code, string message = "refused", int? retryAfter = null) => refusals.Enqueue((status, code, message, retryAfter));

    /// <summary>Lets operations that are due take effect.</summary>
    public void Settle()
    {
        lock (gate)
        {
            foreach (FakeOperation operation in operations.Values.Where(candidate => !candidate.IsDone && candidate.DoneAt <= clock.GetUtcNow()).OrderBy(candidate => candidate.DoneAt).ToArray())
            {
                operation.IsDone = true;
                operation.Error = operation.Finish();
            }
            machines.RemoveAll(machine => machine.IsGone && machine.ListedUntil <= clock.GetUtcNow());
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Task<HttpResponseMessage> Effect() => Task.FromResult(Answer(request, body));
        return death is null ? await Effect() : await death.StepAsync(Effect);
    }

    private HttpResponseMessage Answer(HttpRequestMessage request, string body)
    {
        lock (gate)
        {
            Settle();
            string path = request.RequestUri!.AbsolutePath;
            string method = request.Method.Method;
            (ComputePolicy policy, string resource, Func<HttpResponseMessage> act) = Route(method, path, body);
            HttpResponseMessage response;
            if (request.Headers.Authorization?.Parameter != "token-for-https://arm.test//.default" && request.Headers.Authorization?.Parameter != "token-for-https://arm.test/.default")
                response = Error(401, "InvalidAuthenticationToken", "no token for this audience");
            else if (policy != ComputePolicy.Operation && refusals.TryDequeue(out var refusal))
                response = Error(refusal.Status, refusal.Code, refusal.Message, refusal.RetryAfter);
            else if (throttle.Take(policy, resource, method) is { } wait)
                response = Error(429, "TooManyRequests", $"limit of {policy}", (int)Math.Ceiling(wait.TotalSeconds));
            else
                response = act();
            response.RequestMessage = request;
            Calls.Add(new FakeCall(clock.GetUtcNow(), policy, resource, method, (int)response.StatusCode, body));
            return response;
        }
    }

    private (ComputePolicy Policy, string Resource, Func<HttpResponseMessage> Act) Route(string method, string path, string body)
    {
        if (Match(path, @"/operations/([^/]+)$") is { } operation)
            return (ComputePolicy.Operation, operation[1], () => Status(operation[1]));
        if (Match(path, @"/virtualMachineScaleSets/([^/]+)/virtualMachines$") is { } list)
            return (ComputePolicy.ListOfSet, list[1], () => ListMachines(list[1]));
        if (Match(path, @"/virtualMachineScaleSets/([^/]+)/delete$") is { } some)
            return (ComputePolicy.DeleteMachinesOfSet, some[1], () => DeleteMachines(some[1], body));
        if (Match(path, @"/virtualMachineScaleSets/([^/]+)$") is { } set) return RouteSet(method, set[1], body);
        if (Match(path, @"/virtualMachineScaleSets/?$") is not null)
            return (ComputePolicy.ListOfGroup, "sets", ListSets);
        if (Match(path, @"/virtualMachines/?$") is not null)
            return (ComputePolicy.ListOfGroup, "machines", ListMachines);
        if (Match(path, @"/virtualMachines/([^/]+)/(\w+)$") is { } action)
            return (action[2] == "simulateEviction" ? ComputePolicy.DeleteMachine : ComputePolicy.UpdateMachine, action[1], () => Act(action[1], action[2], body));
        if (Match(path, @"/virtualMachines/([^/]+)$") is { } machine)
        {
            return method == "DELETE"
                ? (ComputePolicy.DeleteMachine, machine[1], () => DeleteMachine(machine[1]))
                : (ComputePolicy.LowCostGet, machine[1], () => GetMachine(machine[1]));
        }
        if (RouteNetwork(method, path, body) is { } network) return network;
        if (Match(path, @"/resourceGroups/[^/]+/resources$") is not null)
            return (ComputePolicy.NotCompute, "resources", ListResources);
        if (Match(path, @"/(disks|networkInterfaces)/([^/]+)$") is { } part && method == "DELETE")
            return (ComputePolicy.NotCompute, part[2], () => DeletePart(part[2]));
        return (ComputePolicy.NotCompute, path, () => throw new InvalidOperationException($"the fake does not know {method} {path}"));
    }

    private (ComputePolicy Policy, string Resource, Func<HttpResponseMessage> Act) RouteSet(string method, string name, string body) => method switch
    {
        "GET" => (ComputePolicy.LowCostGet, name, () => GetSet(name)),
        "PUT" => (ComputePolicy.PutSet, name, () => PutSet(name, JsonNode.Parse(body)!.AsObject())),
        "PATCH" => (ComputePolicy.UpdateSet, name, () => PatchSet(name, JsonNode.Parse(body)!.AsObject())),
        "DELETE" => (ComputePolicy.DeleteSet, name, () => DeleteSet(name)),
        _ => throw new InvalidOperationException($"the fake does not know {method} of a set"),
    };

    private HttpResponseMessage Begin(int status, JsonNode? body, Func<(string Code, string Message)?> finish, TimeSpan? takes = null)
    {
        FakeOperation operation = new() { Id = $"op{++operationNumber}", DoneAt = clock.GetUtcNow() + (takes ?? OperationTime), Finish = finish };
        operations[operation.Id] = operation;
        HttpResponseMessage response = Json(status, body);
        response.Headers.Add("Azure-AsyncOperation", $"https://arm.test/subscriptions/{Subscription}/providers/Microsoft.Compute/locations/westeurope/operations/{operation.Id}?api-version=2023-07-01");
        response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(10));
        return response;
    }

    private HttpResponseMessage Status(string id)
    {
        if (!operations.TryGetValue(id, out FakeOperation? operation)) return Error(404, "NotFound", "no such operation");
        JsonObject body = new() { ["name"] = id, ["status"] = !operation.IsDone ? "InProgress" : operation.Error is null ? "Succeeded" : "Failed" };
        // Compute wraps what happened to a machine of a set.
        if (operation.Error is { } error)
        {
            body["error"] = new JsonObject
            {
                ["code"] = "VMScaleSetOperationFailed",
                ["message"] = "one or more machines failed",
                ["details"] = new JsonArray(new JsonObject { ["code"] = error.Code, ["message"] = error.Message }),
            };
        }
        HttpResponseMessage response = Json(200, body);
        if (!operation.IsDone) response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(20));
        return response;
    }

    private static string[]? Match(string path, string pattern) =>
        Regex.Match(path, pattern, RegexOptions.IgnoreCase) is { Success: true } match ? [.. match.Groups.Values.Select(group => group.Value)] : null;

    private static HttpResponseMessage Json(int status, JsonNode? body) => new((HttpStatusCode)status)
    {
        Content = new StringContent(body?.ToJsonString() ?? "", Encoding.UTF8, "application/json"),
    };

    private static HttpResponseMessage Error(int status, string code, string message, int? retryAfter = null)
    {
        HttpResponseMessage response = Json(status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });
        if (retryAfter is { } seconds) response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds));
        return response;
    }
}
