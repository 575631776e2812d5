using System.Net;
using System.Text.Json.Nodes;
using Marathon.Controller.Loop;

namespace Marathon.Controller.Tests.Http;

public sealed class LoopRoutesTests
{
    private const string Good = """{"scenario":"tail-read","workers":1,"duration":"60s","loop":{"onViolation":"stop","pause":"1s"}}""";

    [Fact]
    public async Task A_loop_that_was_never_set_is_stopped_and_empty()
    {
        await using ApiServer server = await ApiServer.StartAsync();

        JsonNode loop = await GetAsync(server);

        Assert.Equal("stopped", (string?)loop["state"]);
        Assert.Empty(loop["specs"]!.AsArray());
        Assert.Empty(loop["history"]!.AsArray());
    }

    [Fact]
    public async Task Without_the_key_the_loop_is_closed()
    {
        await using ApiServer server = await ApiServer.StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync(HttpMethod.Get, "/api/loop", key: null)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync(HttpMethod.Put, "/api/loop", $"[{Good}]", key: null)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync(HttpMethod.Post, "/api/loop/start", key: "wrong")).Status);
    }

    [Theory]
    [InlineData("{}", "body")]
    [InlineData("[]", "body")]
    [InlineData("[null]", "body")]
    [InlineData("[{\"scenario\":\"tail-read\",\"nope\":1}]", "nope")]
    [InlineData("[{\"scenario\":\"tail-read\"},{\"scenario\":\"tail-reed\"}]", "[1].scenario")]
    [InlineData("[{\"scenario\":\"tail-read\",\"loop\":{\"schedule\":\"nightly\"}}]", "[0].loop.schedule")]
    [InlineData("[{\"scenario\":\"tail-read\",\"loop\":{\"pause\":{}}}]", "[0].loop.pause")]
    public async Task A_list_that_cannot_be_run_is_refused_by_field_and_changes_nothing(string body, string field)
    {
        await using ApiServer server = await ApiServer.StartAsync();
        await server.SendAsync(HttpMethod.Put, "/api/loop", $"[{Good}]");

        (HttpStatusCode status, string answer) = await server.SendAsync(HttpMethod.Put, "/api/loop", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(JsonNode.Parse(answer)!["errors"]!.AsArray(), e => ((string)e!["field"]!).EndsWith(field, StringComparison.Ordinal));
        Assert.Equal(1, (await server.Get<ILoopStore>().GetAsync(default)).Plan.Revision);
    }

    [Fact]
    public async Task A_list_of_many_megabytes_is_too_large()
    {
        await using ApiServer server = await ApiServer.StartAsync();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await server.SendAsync(HttpMethod.Put, "/api/loop", new string(' ', 300 << 10) + $"[{Good}]")).Status);
    }

    [Fact]
    public async Task What_does_not_fit_the_state_is_a_conflict_that_says_why()
    {
        await using ApiServer server = await ApiServer.StartAsync();

        await ConflictAsync("start", "PUT /api/loop");
        foreach (string action in new[] { "pause", "resume", "skip", "stop" })
        {
            await ConflictAsync(action, "stopped");
        }

        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync(HttpMethod.Post, "/api/loop/rewind")).Status);

        async Task ConflictAsync(string action, string why)
        {
            (HttpStatusCode status, string answer) = await server.SendAsync(HttpMethod.Post, $"/api/loop/{action}");
            Assert.Equal(HttpStatusCode.Conflict, status);
            Assert.Contains(why, answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_loop_is_set_started_paused_resumed_and_stopped_and_each_answer_shows_it()
    {
        await using ApiServer server = await ApiServer.StartAsync();
        (HttpStatusCode set, string answer) = await server.SendAsync(HttpMethod.Put, "/api/loop", $"[{Good},{Good}]");
        Assert.Equal(HttpStatusCode.OK, set);
        Assert.Equal(2, JsonNode.Parse(answer)!["specs"]!.AsArray().Count);
        Assert.Equal("stop", (string?)JsonNode.Parse(answer)!["specs"]![0]!["loop"]!["onViolation"]);

        Assert.Equal("running", await TellAsync("start"));
        Assert.Equal(HttpStatusCode.Conflict, (await server.SendAsync(HttpMethod.Post, "/api/loop/start")).Status);
        await UntilAsync(loop => loop["runId"] is not null);
        Assert.Equal("paused", await TellAsync("pause"));
        Assert.Equal("running", await TellAsync("resume"));
        Assert.Equal("stopping", await TellAsync("stop"));
        JsonNode stopped = await UntilAsync(loop => (string?)loop["state"] == "stopped");
        Assert.Equal("interrupted", (string?)Assert.Single(stopped["history"]!.AsArray())!["outcome"]);

        async Task<string?> TellAsync(string action)
        {
            (HttpStatusCode status, string body) = await server.SendAsync(HttpMethod.Post, $"/api/loop/{action}");
            Assert.Equal(HttpStatusCode.Accepted, status);
            return (string?)JsonNode.Parse(body)!["state"];
        }

        async Task<JsonNode> UntilAsync(Func<JsonNode, bool> condition)
        {
            using CancellationTokenSource deadline = new(TimeSpan.FromMinutes(2));
            while (true)
            {
                JsonNode loop = await GetAsync(server);
                if (condition(loop))
                {
                    return loop;
                }

                await Task.Delay(50, deadline.Token);
            }
        }
    }

    private static async Task<JsonNode> GetAsync(ApiServer server)
    {
        (HttpStatusCode status, string body) = await server.SendAsync(HttpMethod.Get, "/api/loop");
        Assert.Equal(HttpStatusCode.OK, status);
        return JsonNode.Parse(body)!;
    }
}
