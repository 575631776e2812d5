using System.Net;
using System.Text.Json;

namespace Marathon.Controller.Tests.Http;

public sealed class OperatorRoutesTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    [InlineData("")]
    public async Task Operator_routes_without_the_key_are_unauthorised(string? key)
    {
        await using ApiServer server = await ApiServer.StartAsync();

        (HttpStatusCode status, string body) = await server.SendAsync(HttpMethod.Get, "/api/runs", key: key);

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("x-functions-key", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_token_does_not_open_operator_routes()
    {
        await using ApiServer server = await ApiServer.StartAsync();
        await server.AddRunAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync(HttpMethod.Get, "/api/runs", token: "token-1")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync(HttpMethod.Post, "/api/runs/run-1/interrupt", token: "token-1")).Status);
    }

    [Fact]
    public async Task Another_host_name_is_refused_unless_allowed()
    {
        await using ApiServer server = await ApiServer.StartAsync(["marathon.example"]);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await server.SendAsync(HttpMethod.Get, "/api/runs", host: "evil.example")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Get, "/api/runs", host: "marathon.example")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Get, "/api/runs", host: "localhost")).Status);
    }

    [Theory]
    [InlineData("", "body")]
    [InlineData("[]", "body")]
    [InlineData("null", "$")]
    [InlineData("{\"scenario\":", "scenario")]
    [InlineData("{\"workers\":2}", "scenario")]
    [InlineData("{\"scenario\":\"tail-red\"}", "did you mean 'tail-read'?")]
    [InlineData("{\"scenario\":\"tail-read\",\"worker\":2}", "worker")]
    [InlineData("{\"scenario\":\"tail-read\",\"workers\":\"two\"}", "workers")]
    [InlineData("{\"scenario\":\"tail-read\",\"workers\":0}", "workers")]
    [InlineData("{\"scenario\":\"tail-read\",\"config\":{\"rate\":5}}", "config.rate")]
    [InlineData("{\"scenario\":\"tail-read\",\"config\":{\"partitions\":-1}}", "config.partitions")]
    [InlineData("{\"scenario\":\"tail-read\",\"config\":{\"topic\":\"a/b\"}}", "config.topic")]
    [InlineData("{\"scenario\":\"tail-read\",\"cluster\":\"nowhere\"}", "cluster")]
    [InlineData("{\"scenario\":\"tail-read\",\"kafkaHome\":\"/nowhere\"}", "kafkaHome")]
    [InlineData("{\"scenario\":\"tail-read\",\"lies\":[\":x\"]}", "lies")]
    [InlineData("{\"scenario\":\"tail-read\",\"duration\":\"soon\"}", "duration")]
    [InlineData("{\"scenario\":\"tail-read\",\"duration\":\"1296000s\"}", "the token of a run expires 15 days")]
    [InlineData("{\"scenario\":\"chaos\",\"config\":{\"role\":\"worker\",\"faults\":\"restart\"}}", "config.role")]
    [InlineData("{\"scenario\":\"chaos\",\"config\":{\"role\":\"worker\",\"faults\":\"kill\"}}", "restart, power-off, redeploy, evict, partition, degrade")]
    [InlineData("{\"scenario\":\"chaos\",\"config\":{\"faults\":\"power-off\"}}", "kill, pause, restart")]
    [InlineData("{\"scenario\":\"chaos\",\"config\":{\"role\":\"worker\",\"faults\":\"degrade\",\"networkDelay\":0,\"networkLoss\":0}}", "config.networkDelay")]
    [InlineData("{\"scenario\":\"tail-read\",\"scenario\":\"tail-read\"}", "scenario")]
    public async Task A_spec_that_cannot_be_run_is_refused_by_name_before_there_is_a_run(string spec, string named)
    {
        await using ApiServer server = await ApiServer.StartAsync();

        (HttpStatusCode status, string body) = await server.SendAsync(HttpMethod.Post, "/api/runs", spec);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(named, JsonSerializer.Deserialize<JsonElement>(body).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(await server.Runs.ListAsync(default));
    }

    [Fact]
    public async Task All_errors_of_a_spec_are_named_at_once()
    {
        await using ApiServer server = await ApiServer.StartAsync();

        (_, string body) = await server.SendAsync(
            HttpMethod.Post, "/api/runs", "{\"scenario\":\"tail-read\",\"workers\":0,\"kafkaHome\":\"/x\",\"config\":{\"partitions\":0,\"foo\":1}}");

        string[] fields = [.. JsonSerializer.Deserialize<JsonElement>(body).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString()!)];
        Assert.Equal(["workers", "config.partitions", "config.foo", "kafkaHome"], fields);
    }

    [Fact]
    public async Task An_accepted_run_is_202_with_its_location_and_then_listed()
    {
        await using ApiServer server = await ApiServer.StartAsync();

        (HttpStatusCode status, string body) = await server.SendAsync(HttpMethod.Post, "/api/runs", "{\"scenario\":\"tail-read\"}");

        Assert.Equal(HttpStatusCode.Accepted, status);
        string id = JsonSerializer.Deserialize<JsonElement>(body).GetProperty("id").GetString()!;
        (HttpStatusCode found, string run) = await server.SendAsync(HttpMethod.Get, $"/api/runs/{id}");
        Assert.Equal(HttpStatusCode.OK, found);
        Assert.Contains(JsonSerializer.Deserialize<JsonElement>(run).GetProperty("state").GetString(), new[] { "pending", "preparing" });
        Assert.Contains(id, (await server.SendAsync(HttpMethod.Get, "/api/runs")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync(HttpMethod.Get, $"/api/runs/{id}/report")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.SendAsync(HttpMethod.Get, $"/api/runs/{id}/report?format=pdf")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await server.SendAsync(HttpMethod.Post, $"/api/runs/{id}/resume")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await server.SendAsync(HttpMethod.Post, $"/api/runs/{id}/throughput", "{\"ratePerSecond\":5}")).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await server.SendAsync(HttpMethod.Post, $"/api/runs/{id}/interrupt", "{\"reason\":\"enough\"}")).Status);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/report")]
    [InlineData("POST", "/interrupt")]
    [InlineData("POST", "/pause")]
    [InlineData("POST", "/resume")]
    [InlineData("POST", "/throughput")]
    public async Task An_unknown_run_is_404(string method, string route)
    {
        await using ApiServer server = await ApiServer.StartAsync();
        string? body = route == "/throughput" ? "{\"ratePerSecond\":5}" : null;

        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync(new HttpMethod(method), "/api/runs/nobody" + route, body)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync(new HttpMethod(method), "/api/runs/..%2F..%2Fetc" + route, body)).Status);
    }

    [Theory]
    [InlineData("{\"ratePerSecond\":-1}")]
    [InlineData("{\"ratePerSecond\":\"fast\"}")]
    [InlineData("{\"ratePerSecond\":1e300}")]
    [InlineData("{\"ratePerSecond\":{}}")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task A_rate_that_is_none_is_400(string body)
    {
        await using ApiServer server = await ApiServer.StartAsync();
        await server.AddRunAsync();

        (HttpStatusCode status, string problem) = await server.SendAsync(HttpMethod.Post, "/api/runs/run-1/throughput", body);

        Assert.True(status == HttpStatusCode.BadRequest, problem);
    }

    // Far beyond the limit, too: whoever is still sending when the server has seen enough gets the answer, not a reset connection.
    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(3 << 20, false)]
    [InlineData(3 << 20, true)]
    public async Task A_body_too_large_is_413_whether_its_length_is_announced_or_not(int beyond, bool chunked)
    {
        await using ApiServer server = await ApiServer.StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/runs") { Content = new StringContent(new string('x', (1 << 20) + beyond)) };
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.Add("x-functions-key", ApiServer.Key);

        using HttpResponseMessage response = await server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("at most 1048576 bytes", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
