using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Marathon.Durable.Embedded.Tests.Http;

public sealed class DurableManagementTests
{
    [Fact]
    public async Task Start_Answers202WithTheLinks()
    {
        await using ManagementFixture api = await new ManagementFixture().StartAsync();
        HttpResponseMessage response = await api.RunAsync("Wait/i1", new { a = 1 });
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(10), response.Headers.RetryAfter!.Delta);
        JsonNode body = await ManagementFixture.JsonAsync(response);
        string instance = api.Http.BaseAddress + "instances/i1";
        Assert.Equal(instance, response.Headers.Location!.ToString());
        Assert.Equal("i1", (string?)body["id"]);
        Assert.Equal(instance, (string?)body["statusQueryGetUri"]);
        Assert.Equal(instance + "/raiseEvent/{eventName}", (string?)body["sendEventPostUri"]);
        Assert.Equal(instance + "/terminate?reason={text}", (string?)body["terminatePostUri"]);
        Assert.Equal(instance, (string?)body["purgeHistoryDeleteUri"]);
        Assert.Equal(instance + "/restart", (string?)body["restartPostUri"]);
        Assert.Equal(instance + "/suspend?reason={text}", (string?)body["suspendPostUri"]);
        Assert.Equal(instance + "/resume?reason={text}", (string?)body["resumePostUri"]);
    }

    [Fact]
    public async Task Start_WithATimeout_AnswersTheOutput()
    {
        await using ManagementFixture api = await new ManagementFixture().StartAsync();
        HttpResponseMessage response = await api.RunAsync("Echo?timeout=30&pollingInterval=1", new { a = 1 });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""{"a":1}""", (await ManagementFixture.JsonAsync(response)).ToJsonString());
        HttpResponseMessage late = await api.RunAsync("Wait?timeout=0.05");
        Assert.Equal(HttpStatusCode.Accepted, late.StatusCode);
    }

    [Theory]
    [InlineData("Nope", "{}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("Echo", "{", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("Echo", "{}", "text/plain", HttpStatusCode.BadRequest)]
    [InlineData("Echo/%40a", "{}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("Echo?timeout=soon", "{}", "application/json", HttpStatusCode.BadRequest)]
    public async Task Start_WithSomethingWrong_IsRefusedWithProblemDetails(string path, string body, string type, HttpStatusCode expected)
    {
        await using ManagementFixture api = await new ManagementFixture().StartAsync();
        HttpResponseMessage response = await api.Http.PostAsync("orchestrators/" + path, new StringContent(body, Encoding.UTF8, type));
        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.NotEmpty((string)(await ManagementFixture.JsonAsync(response))["detail"]!);
    }

    [Fact]
    public async Task Start_WithTheIdOfARunningInstance_Is409()
    {
        await using ManagementFixture api = await new ManagementFixture().StartAsync();
        await api.RunAsync("Wait/i1");
        Assert.Equal(HttpStatusCode.Conflict, (await api.RunAsync("Wait/i1")).StatusCode);
    }

    [Fact]
    public async Task Start_WithABodyBeyondAnyPayload_Is413AndTheServerLives()
    {
        await using ManagementFixture api = await new ManagementFixture().StartAsync();
        HttpResponseMessage response = await api.RunAsync("Echo", new string('a', 5 * 1024 * 1024));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await api.RunAsync("Echo", new string('a', 2 * 1024 * 1024))).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await api.RunAsync("Echo", "a")).StatusCode);
    }

    [Fact]
    public async Task Status_FollowsTheInstance()
    {
        await using ManagementFixture api = await new ManagementFixture().StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await api.Http.GetAsync("instances/i1")).StatusCode);
        await api.RunAsync("Wait/i1", "in");
        HttpResponseMessage running = await api.Http.GetAsync("instances/i1");
        Assert.Equal(HttpStatusCode.Accepted, running.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), running.Headers.RetryAfter!.Delta);
        Assert.NotNull(running.Headers.Location);
        await api.PostAsync("instances/i1/raiseEvent/Go", new { x = 2 });
        await api.Engine.EndAsync();
        HttpResponseMessage ended = await api.Http.GetAsync("instances/i1");
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        JsonNode body = await ManagementFixture.JsonAsync(ended);
        Assert.Equal("Wait", (string?)body["name"]);
        Assert.Equal("Completed", (string?)body["runtimeStatus"]);
        Assert.Equal("in", (string?)body["input"]);
        Assert.Equal(2, (int?)body["output"]!["x"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", (string?)body["createdTime"]);
        Assert.Null(body["historyEvents"]);
        Assert.Null((await ManagementFixture.JsonAsync(await api.Http.GetAsync("instances/i1?showInput=false")))["input"]);
        Assert.Equal(HttpStatusCode.BadRequest, (await api.Http.GetAsync("instances/i1?showInput=maybe")).StatusCode);
    }

    [Fact]
    public async Task Status_OfAFailure_Is200OrOnDemand500()
    {
        await using ManagementFixture api = await new ManagementFixture().StartAsync();
        await api.RunAsync("Fail/i1");
        HttpResponseMessage plain = await api.Http.GetAsync("instances/i1");
        Assert.Equal(HttpStatusCode.OK, plain.StatusCode);
        Assert.Equal("123", (string?)(await ManagementFixture.JsonAsync(plain))["output"]);
        HttpResponseMessage error = await api.Http.GetAsync("instances/i1?returnInternalServerErrorOnFailure=true");
        Assert.Equal(HttpStatusCode.InternalServerError, error.StatusCode);
    }

    [Fact]
    public async Task Status_WithItsHistory_ShowsResultsBesideTheirCalls()
    {
        await using ManagementFixture api = await new ManagementFixture().StartAsync();
        await api.RunAsync("Fail/i1");
        JsonArray history = (await ManagementFixture.JsonAsync(
            await api.Http.GetAsync("instances/i1?showHistory=true&showHistoryOutput=true")))["historyEvents"]!.AsArray();
        Assert.Equal(["ExecutionStarted", "TaskCompleted", "ExecutionCompleted"], history.Select(e => (string?)e!["EventType"]));
        Assert.Equal("Do", (string?)history[1]!["FunctionName"]);
        Assert.Equal("before", (string?)history[1]!["Result"]);
        Assert.NotNull(history[1]!["ScheduledTime"]);
        Assert.Equal("Failed", (string?)history[2]!["OrchestrationStatus"]);
    }

    [Fact]
    public async Task Status_WithItsHistory_HasAnEventOfEverySort_AndPayloadsOnlyOnDemand()
    {
        await using ManagementFixture api = await new ManagementFixture().StartAsync();
        await api.RunAsync("Tour/i1");
        Assert.Equal(["ExecutionStarted", "TimerCreated"], (await HistoryAsync("")).Select(e => (string?)e!["EventType"]));
        await api.Engine.Time.AdvanceAsync(TimeSpan.FromMinutes(2));
        await api.PostAsync("instances/i1/raiseEvent/Go", "now");
        await api.Engine.EndAsync();

        JsonArray history = await HistoryAsync("&showHistoryOutput=true");
        Assert.Equal(
            ["ExecutionStarted", "TimerFired", "SubOrchestrationInstanceCompleted", "EventSent", "EventRaised", "ExecutionCompleted"],
            history.Select(e => (string?)e!["EventType"]));
        Assert.NotNull(history[1]!["FireAt"]);
        Assert.Equal(("Echo", "child"), ((string?)history[2]!["FunctionName"], (string?)history[2]!["Result"]));
        Assert.Equal(("Hello", "nobody"), ((string?)history[3]!["Name"], (string?)history[3]!["InstanceId"]));
        Assert.Equal(("Go", "now"), ((string?)history[4]!["Name"], (string?)history[4]!["Input"]));
        Assert.Equal(("Completed", "now"), ((string?)history[5]!["OrchestrationStatus"], (string?)history[5]!["Result"]));
        foreach (JsonNode? bare in await HistoryAsync(""))
        {
            Assert.False(bare!.AsObject().ContainsKey("Result") || bare.AsObject().ContainsKey("Input"), bare.ToJsonString());
        }

        async Task<JsonArray> HistoryAsync(string more)
        {
            JsonNode body = await ManagementFixture.JsonAsync(await api.Http.GetAsync("instances/i1?showHistory=true" + more));
            Assert.Equal(1, (int?)body["customStatus"]!["step"]);
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", (string?)body["lastUpdatedTime"]);
            return body["historyEvents"]!.AsArray();
        }
    }

    [Theory]
    [InlineData("raiseEvent/Go")]
    [InlineData("terminate?reason=r")]
    [InlineData("suspend?reason=r")]
    [InlineData("resume?reason=r")]
    public async Task Commands_Answer404Then202Then410(string command)
    {
        await using ManagementFixture api = await new ManagementFixture().StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await api.PostAsync("instances/i1/" + command, 1)).StatusCode);
        await api.RunAsync("Wait/i1");
        Assert.Equal(HttpStatusCode.Accepted, (await api.PostAsync("instances/i1/" + command, 1)).StatusCode);
        await api.Engine.Client.TerminateInstanceAsync("i1");
        await api.Engine.EndAsync();
        Assert.Equal(HttpStatusCode.Gone, (await api.PostAsync("instances/i1/" + command, 1)).StatusCode);
    }

    [Fact]
    public async Task Terminate_MakesTheReasonTheOutput()
    {
        await using ManagementFixture api = await new ManagementFixture().StartAsync();
        await api.RunAsync("Wait/i1");
        await api.PostAsync("instances/i1/terminate?reason=enough%20of%20it");
        await api.Engine.EndAsync();
        JsonNode body = await ManagementFixture.JsonAsync(await api.Http.GetAsync("instances/i1"));
        Assert.Equal("Terminated", (string?)body["runtimeStatus"]);
        Assert.Equal("enough of it", (string?)body["output"]);
    }

    [Fact]
    public async Task Suspend_KeepsWhatComes_UntilItIsResumed()
    {
        await using ManagementFixture api = await new ManagementFixture().StartAsync();
        await api.RunAsync("Wait/i1");
        await api.PostAsync("instances/i1/suspend?reason=lunch");
        await api.PostAsync("instances/i1/raiseEvent/Go", 1);
        await api.Engine.Time.IdleAsync();
        Assert.Equal("Suspended", (string?)(await ManagementFixture.JsonAsync(await api.Http.GetAsync("instances/i1")))["runtimeStatus"]);
        await api.PostAsync("instances/i1/resume?reason=back");
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await api.Engine.EndAsync()).RuntimeStatus);
    }

    [Theory]
    [InlineData("{", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("1", "text/plain")]
    public async Task RaiseEvent_ThatIsNoJson_Is400AndReachesNobody(string body, string type)
    {
        await using ManagementFixture api = await new ManagementFixture().StartAsync();
        await api.RunAsync("Wait/i1");
        HttpResponseMessage response = await api.Http.PostAsync("instances/i1/raiseEvent/Go", new StringContent(body, Encoding.UTF8, type));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        await api.Engine.Time.IdleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Running, await api.Engine.StatusAsync());
    }

    [Fact]
    public async Task Rewind_Answers404And409And202And410()
    {
        await using ManagementFixture api = await new ManagementFixture().StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await api.PostAsync("instances/i1/rewind?reason=r")).StatusCode);
        await api.RunAsync("Wait/w");
        Assert.Equal(HttpStatusCode.Conflict, (await api.PostAsync("instances/w/rewind?reason=r")).StatusCode);
        await api.RunAsync("Fail/i1");
        Assert.Equal(HttpStatusCode.Accepted, (await api.PostAsync("instances/i1/rewind?reason=r")).StatusCode);
        await api.Engine.EndAsync();
        await api.RunAsync("Echo/e");
        Assert.Equal(HttpStatusCode.Gone, (await api.PostAsync("instances/e/rewind?reason=r")).StatusCode);
    }

    [Fact]
    public async Task Restart_Answers202WithANewIdUnlessToldOtherwise()
    {
        await using ManagementFixture api = await new ManagementFixture().StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await api.PostAsync("instances/i1/restart")).StatusCode);
        await api.RunAsync("Echo/i1", "again");
        HttpResponseMessage restarted = await api.PostAsync("instances/i1/restart");
        Assert.Equal(HttpStatusCode.Accepted, restarted.StatusCode);
        string id = (string)(await ManagementFixture.JsonAsync(restarted))["id"]!;
        Assert.NotEqual("i1", id);
        Assert.Equal("again", (await api.Engine.EndAsync(id)).ReadOutputAs<string>());
        JsonNode same = await ManagementFixture.JsonAsync(await api.PostAsync("instances/i1/restart?restartWithNewInstanceId=false"));
        Assert.Equal("i1", (string?)same["id"]);
        await api.RunAsync("Wait/w");
        Assert.Equal(HttpStatusCode.Conflict, (await api.PostAsync("instances/w/restart?restartWithNewInstanceId=false")).StatusCode);
    }
}
