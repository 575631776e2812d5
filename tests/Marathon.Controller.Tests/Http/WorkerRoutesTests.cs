using System.Net;
using System.Text.Json;
using Marathon.Controller.Evidence;
using Marathon.Controller.Orchestrations;
using Marathon.Controller.Runs;
using Marathon.Controller.Workers;
using Marathon.Durable;
using Marathon.Durable.History;
using Marathon.Verification;

namespace Marathon.Controller.Tests.Http;

public sealed class WorkerRoutesTests
{
    private const string Registration =
        "{\"node\":{\"address\":\"127.0.0.1\",\"port\":4000},\"events\":[],\"epoch\":1,\"pid\":42,\"processStartedAt\":\"2026-01-01T00:00:00Z\"}";

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    [InlineData("token-2")]
    [InlineData("operator-key")]
    public async Task A_worker_without_its_own_runs_token_is_unauthorised(string? token)
    {
        await using ApiServer server = await ApiServer.StartAsync();
        await server.AddRunAsync();
        await server.AddRunAsync("run-2", "token-2");

        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync(HttpMethod.Put, "/api/runs/run-1/workers/w0/registration", Registration, token: token)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync(HttpMethod.Put, "/api/runs/run-1/workers/w0", "{}", token: token)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync(HttpMethod.Post, "/api/runs/run-1/events/WorkerReady", "{}", token: token)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync(HttpMethod.Put, "/api/runs/run-1/evidence/w0/1", "{}", token: token)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync(HttpMethod.Put, "/api/runs/nobody/workers/w0", "{}", token: token)).Status);
        Assert.Empty(await server.Get<IWorkerRegistry>().ListAsync("run-1", default));
    }

    [Fact]
    public async Task A_token_opens_nothing_once_it_has_expired()
    {
        await using ApiServer server = await ApiServer.StartAsync();
        await server.AddRunAsync();
        await server.AddRunAsync("run-2", "token-2", age: TimeSpan.FromDays(15));

        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Put, "/api/runs/run-1/workers/w0", Heartbeat(1, 1), token: "token-1")).Status);
        (HttpStatusCode status, string body) = await server.SendAsync(HttpMethod.Put, "/api/runs/run-2/workers/w0", Heartbeat(1, 1), token: "token-2");

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("expired 15 days after its start", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(59, HttpStatusCode.OK)]
    [InlineData(60, HttpStatusCode.Gone)]
    public async Task After_the_end_of_its_run_a_token_takes_what_is_still_to_be_handed_in_and_then_nothing(int minutes, HttpStatusCode expected)
    {
        await using ApiServer server = await ApiServer.StartAsync();
        await server.AddRunAsync();
        DateTimeOffset ended = TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(minutes);
        await server.Runs.UpdateAsync("run-1", r => r with { End = new RunEnd(ended, "pass", "finished", "") }, default);

        Assert.Equal(expected, (await server.SendAsync(HttpMethod.Put, "/api/runs/run-1/evidence/w0/1", Checkpoint("w0", 1, 5), token: "token-1")).Status);
    }

    [Fact]
    public async Task A_registration_is_stored_answered_with_the_lease_and_may_change()
    {
        await using ApiServer server = await ApiServer.StartAsync();
        await server.AddRunAsync();

        (HttpStatusCode status, string body) = await server.SendAsync(HttpMethod.Put, "/api/runs/run-1/workers/w0/registration", Registration, token: "token-1");
        await server.SendAsync(HttpMethod.Put, "/api/runs/run-1/workers/w0/registration", Registration.Replace("[]", "[\"Chaos\"]", StringComparison.Ordinal), token: "token-1");

        Assert.True(status == HttpStatusCode.OK, body);
        Assert.Equal(60, JsonSerializer.Deserialize<JsonElement>(body).GetProperty("leaseSeconds").GetDouble());
        RegisteredWorker worker = Assert.Single(await server.Get<IWorkerRegistry>().ListAsync("run-1", default));
        Assert.Equal(["Chaos"], worker.Registration.Events);
        Assert.Equal((42, "127.0.0.1:4000"), ((await server.Runs.FindAsync("run-1", default))!.LifeOf("w0")!.Pid, (await server.Runs.FindAsync("run-1", default))!.LifeOf("w0")!.Node));
    }

    [Fact]
    public async Task A_replacement_that_registers_wakes_whoever_watches_it()
    {
        await using ApiServer server = await ApiServer.StartAsync();
        await server.AddRunAsync();
        string watcher = FleetCell.InstanceId("run-1", 1, 0);
        FleetCell cell = new("run-1", 1, 0, 1, new RunSettings { WatchInterval = TimeSpan.FromDays(1) });
        await server.Durable.ScheduleNewOrchestrationInstanceAsync(nameof(FleetSupervisor), cell, new StartOrchestrationOptions { InstanceId = watcher });

        foreach ((string worker, int epoch) in new[] { ("w0", 1), ("w1", 2), ("w1", 2) })
        {
            await server.SendAsync(
                HttpMethod.Put, $"/api/runs/run-1/workers/{worker}/registration", Registration.Replace("\"epoch\":1", $"\"epoch\":{epoch}", StringComparison.Ordinal), token: "token-1");
        }

        using CancellationTokenSource deadline = new(TimeSpan.FromMinutes(1));
        EventRaisedEvent[] raised;
        while ((raised = [.. (await server.Durable.GetOrchestrationHistoryAsync(watcher, deadline.Token)).OfType<EventRaisedEvent>()]).Length < 2)
        {
            await Task.Delay(20, deadline.Token);
        }

        Assert.All(raised, e => Assert.Contains("w1-2-WorkerRegistered", e.Input, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("w9", 1, HttpStatusCode.NotFound)]
    [InlineData("w0", 2, HttpStatusCode.Conflict)]
    [InlineData("w1", 1, HttpStatusCode.Gone)]
    [InlineData("w1", 2, HttpStatusCode.OK)]
    public async Task Only_the_newest_life_of_a_worker_that_was_started_may_speak(string worker, int epoch, HttpStatusCode expected)
    {
        await using ApiServer server = await ApiServer.StartAsync();
        await server.AddRunAsync();
        string registration = Registration.Replace("\"epoch\":1", $"\"epoch\":{epoch}", StringComparison.Ordinal);

        Assert.Equal(expected, (await server.SendAsync(HttpMethod.Put, $"/api/runs/run-1/workers/{worker}/registration", registration, token: "token-1")).Status);
        Assert.Equal(expected, (await server.SendAsync(HttpMethod.Put, $"/api/runs/run-1/workers/{worker}", Heartbeat(epoch, 1), token: "token-1")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("nonsense")]
    [InlineData("{\"node\":{\"address\":\"127.0.0.1\",\"port\":0},\"events\":[],\"epoch\":1,\"pid\":42,\"processStartedAt\":\"2026-01-01T00:00:00Z\"}")]
    [InlineData("{\"node\":{\"address\":\"a b\",\"port\":1},\"events\":[],\"epoch\":1,\"pid\":42,\"processStartedAt\":\"2026-01-01T00:00:00Z\"}")]
    [InlineData("{\"node\":{\"address\":\"10.0.0.4\",\"port\":1},\"events\":[],\"epoch\":1,\"pid\":42,\"processStartedAt\":\"2026-01-01T00:00:00Z\"}")]
    [InlineData("{\"node\":{\"address\":\"10.0.0.4\",\"port\":1,\"certificateSha256\":\"abc\"},\"events\":[],\"epoch\":1,\"pid\":42,\"processStartedAt\":\"2026-01-01T00:00:00Z\"}")]
    [InlineData("{\"node\":null,\"events\":[],\"epoch\":1,\"pid\":42,\"processStartedAt\":\"2026-01-01T00:00:00Z\"}")]
    [InlineData("{\"node\":{\"address\":\"127.0.0.1\",\"port\":1},\"events\":[],\"epoch\":1,\"pid\":42,\"processStartedAt\":\"2026-01-01T00:00:00Z\",\"admin\":true}")]
    [InlineData("{\"node\":{\"address\":\"127.0.0.1\",\"port\":1},\"events\":[null],\"epoch\":1,\"pid\":42,\"processStartedAt\":\"2026-01-01T00:00:00Z\"}")]
    public async Task A_broken_registration_is_400_and_stores_nothing(string body)
    {
        await using ApiServer server = await ApiServer.StartAsync();
        await server.AddRunAsync();

        (HttpStatusCode status, string problem) = await server.SendAsync(HttpMethod.Put, "/api/runs/run-1/workers/w0/registration", body, token: "token-1");

        Assert.True(status == HttpStatusCode.BadRequest, $"{status} {problem}");
        Assert.Empty(await server.Get<IWorkerRegistry>().ListAsync("run-1", default));
    }

    [Fact]
    public async Task A_heartbeat_overwrites_the_row_and_an_older_one_does_not()
    {
        await using ApiServer server = await ApiServer.StartAsync();
        await server.AddRunAsync();

        foreach (int number in new[] { 1, 3, 2 })
        {
            Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Put, "/api/runs/run-1/workers/w0", Heartbeat(1, number), token: "token-1")).Status);
        }

        Assert.Equal(3, Assert.Single(await server.Get<IHeartbeats>().ListAsync("run-1", default)).Heartbeat.Number);
    }

    [Theory]
    [InlineData("WorkerVanished", HttpStatusCode.NotFound)]
    [InlineData("0", HttpStatusCode.NotFound)]
    [InlineData("WorkerExited", HttpStatusCode.NotFound)]
    [InlineData("WorkerReady", HttpStatusCode.Accepted)]
    public async Task Only_known_events_are_taken(string name, HttpStatusCode expected)
    {
        await using ApiServer server = await ApiServer.StartAsync();
        await server.AddRunAsync();

        Assert.Equal(expected, (await server.SendAsync(HttpMethod.Post, $"/api/runs/run-1/events/{name}", "{\"eventId\":\"e\",\"worker\":\"w0\",\"epoch\":1}", token: "token-1")).Status);
    }

    [Fact]
    public async Task A_life_has_ten_events_and_repeats_are_free()
    {
        await using ApiServer server = await ApiServer.StartAsync();
        await server.AddRunAsync();

        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.Accepted, await Event($"e{i}"));
            Assert.Equal(HttpStatusCode.Accepted, await Event($"e{i}"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await Event("e10"));

        async Task<HttpStatusCode> Event(string id) =>
            (await server.SendAsync(HttpMethod.Post, "/api/runs/run-1/events/WorkerReady", $"{{\"eventId\":\"{id}\",\"worker\":\"w0\",\"epoch\":1}}", token: "token-1")).Status;
    }

    [Fact]
    public async Task Evidence_of_a_replaced_life_is_stored_and_answered_410()
    {
        await using ApiServer server = await ApiServer.StartAsync();
        await server.AddRunAsync();

        (HttpStatusCode status, _) = await server.SendAsync(HttpMethod.Put, "/api/runs/run-1/evidence/w1/1", Checkpoint("w1", 1, 5), token: "token-1");

        Assert.Equal(HttpStatusCode.Gone, status);
        Assert.Equal(5, (await server.Get<IEvidenceStore>().FindAsync("run-1", "w1", 1, default))!.Number);
    }

    [Fact]
    public async Task An_older_checkpoint_is_ignored_and_the_answer_says_what_is_stored()
    {
        await using ApiServer server = await ApiServer.StartAsync();
        await server.AddRunAsync();

        await server.SendAsync(HttpMethod.Put, "/api/runs/run-1/evidence/w0/1", Checkpoint("w0", 1, 7), token: "token-1");
        (HttpStatusCode status, string body) = await server.SendAsync(HttpMethod.Put, "/api/runs/run-1/evidence/w0/1", Checkpoint("w0", 1, 6), token: "token-1");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(7, JsonSerializer.Deserialize<JsonElement>(body).GetProperty("number").GetInt64());
    }

    [Theory]
    [InlineData("w0/2")]
    [InlineData("w1/1")]
    [InlineData("w0/x")]
    [InlineData("..%2F..%2Fw0/1")]
    public async Task Evidence_for_another_life_than_the_routes_is_400(string route)
    {
        await using ApiServer server = await ApiServer.StartAsync();
        await server.AddRunAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await server.SendAsync(HttpMethod.Put, $"/api/runs/run-1/evidence/{route}", Checkpoint("w0", 1, 1), token: "token-1")).Status);
        Assert.Empty(await server.Get<IEvidenceStore>().ListAsync("run-1", default));
    }

    private static string Heartbeat(int epoch, int number) =>
        $"{{\"epoch\":{epoch},\"number\":{number},\"at\":\"2026-01-01T00:00:00Z\",\"phase\":\"running\",\"counters\":{{\"sent\":5,\"acked\":4,\"indeterminate\":1}}}}";

    private static string Checkpoint(string worker, int epoch, int number) => System.Text.Encoding.UTF8.GetString(EvidenceJson.Write(
        new WorkerEvidence { Run = "run-1", Worker = worker, Epoch = epoch, Number = number, At = DateTimeOffset.UnixEpoch }));
}
