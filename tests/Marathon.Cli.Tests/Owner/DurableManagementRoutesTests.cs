using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Marathon.Cli.Owner;
using Marathon.Controller.Http;

namespace Marathon.Cli.Tests.Owner;

public sealed class DurableManagementRoutesTests : IDisposable
{
    private const string Base = "runtime/webhooks/durabletask/";
    private readonly TestFolder folder = new();

    [Fact]
    public async Task Without_the_operator_key_nothing_is_shown_or_started()
    {
        await using OwnerHost owner = await StartAsync();
        using HttpClient http = Client(owner, key: "wrong");

        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(Base + "instances/")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.PostAsJsonAsync(Base + "orchestrators/RunOrchestrator", 1)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.DeleteAsync(Base + "instances/?createdTimeFrom=2000-01-01")).StatusCode);
        using HttpClient operators = Client(owner, owner.File.OperatorKey);
        JsonNode janitor = Assert.Single(JsonNode.Parse(await operators.GetStringAsync(Base + "instances/"))!.AsArray())!;
        Assert.Equal("janitor", (string?)janitor["instanceId"]);
    }

    [Fact]
    public async Task Another_host_name_is_refused()
    {
        await using OwnerHost owner = await StartAsync();
        using HttpClient http = Client(owner, owner.File.OperatorKey);
        http.DefaultRequestHeaders.Host = "evil.example";

        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await http.GetAsync(Base + "instances/")).StatusCode);
    }

    [Fact]
    public async Task With_the_key_an_orchestration_is_started_asked_about_and_terminated()
    {
        await using OwnerHost owner = await StartAsync();
        using HttpClient http = Client(owner, owner.File.OperatorKey);

        HttpResponseMessage started = await http.PostAsJsonAsync(Base + "orchestrators/FleetSupervisor/by-hand", new { });
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        JsonNode links = (await started.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal("by-hand", (string?)links["id"]);
        JsonNode status = (await (await http.GetAsync((string)links["statusQueryGetUri"]!)).Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal("FleetSupervisor", (string?)status["name"]);
        Assert.Equal(HttpStatusCode.NotFound, (await http.PostAsync(Base + "instances/nobody/terminate", null)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.PostAsJsonAsync(Base + "orchestrators/Nobody", 1)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.DeleteAsync(Base + "instances/")).StatusCode);
    }

    public void Dispose() => folder.Dispose();

    private Task<OwnerHost> StartAsync() => OwnerHost.StartAsync(new OwnerOptions(folder.Path, Port: null, TimeSpan.FromMinutes(1)), default);

    private static HttpClient Client(OwnerHost owner, string key)
    {
        HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = owner.File.Url };
        http.DefaultRequestHeaders.Add(Secret.OperatorKeyHeader, key);
        return http;
    }
}
