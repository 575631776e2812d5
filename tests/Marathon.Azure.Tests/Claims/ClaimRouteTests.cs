using System.Text;
using System.Text.Json.Nodes;
using Marathon.Azure.Claims;
using Marathon.Azure.Tests.Fakes;
using Marathon.Controller;
using Marathon.Controller.Fleets;
using Marathon.Controller.Http;
using Marathon.Controller.Runs;
using Marathon.Runs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Marathon.Azure.Tests.Claims;

public sealed class ClaimRouteTests
{
    private const string Run = "run-1", Token = "token-of-the-run";
    private readonly LifeClaims claims = new(new MemoryClaims(), TimeProvider.System);
    private readonly OneRun runs = new();

    [Fact]
    public async Task A_machine_gets_a_life_and_the_same_again()
    {
        await claims.OfferAsync(Run, [new WorkerLife("w3", 2)], default);
        for (int i = 0; i < 2; i++)
        {
            (int status, string body) = await PostAsync("""{"machine":"mw-run-1-0_0000000a"}""");
            Assert.Equal(200, status);
            Assert.Equal(("w3", 2), ((string?)JsonNode.Parse(body)!["worker"], (int)JsonNode.Parse(body)!["epoch"]!));
        }
        Assert.Equal(204, (await PostAsync("""{"machine":"mw-run-1-0_0000000b"}""")).Status);
    }

    [Fact]
    public async Task Without_the_runs_token_nothing_is_claimed()
    {
        await claims.OfferAsync(Run, [new WorkerLife("w3", 2)], default);
        Assert.Equal(401, (await PostAsync("""{"machine":"m"}""", token: "another")).Status);
        Assert.Null(Assert.Single(await claims.ListAsync(Run, default)).Machine);
    }

    [Fact]
    public async Task A_run_that_has_ended_sends_its_machines_away()
    {
        runs.End = new RunEnd(DateTimeOffset.UnixEpoch, "pass", "finished", "");
        Assert.Equal(410, (await PostAsync("""{"machine":"m"}""")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"machine":""}""")]
    [InlineData("""{"machine":"a b"}""")]
    [InlineData("""{"machine":"a\nb"}""")]
    [InlineData("""{"machine":7}""")]
    public async Task What_is_no_machine_is_refused_with_the_field_and_the_remedy(string body)
    {
        (int status, string problem) = await PostAsync(body);
        Assert.Equal(400, status);
        Assert.Contains("machine", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_route_is_none_of_the_controllers_own() =>
        Assert.DoesNotContain(MarathonApi.Routes, route => route.Method == ClaimRoute.Route.Method && route.Pattern == ClaimRoute.Route.Pattern);

    private async Task<(int Status, string Body)> PostAsync(string body, string token = Token)
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IRunStore>(runs)
            .AddSingleton(claims)
            .AddSingleton(new ControllerOptions { DataFolder = "none" })
            .AddSingleton(new RequestBudget(TimeProvider.System))
            .BuildServiceProvider();
        DefaultHttpContext context = new() { RequestServices = services };
        context.Request.Method = "POST";
        context.Request.Host = new HostString("localhost");
        context.Request.RouteValues["runId"] = Run;
        context.Request.Headers.Authorization = $"Bearer {token}";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        context.Response.Body = new MemoryStream();
        IResult result = await ApiGate.RunAsync(ClaimRoute.Route, context);
        await result.ExecuteAsync(context);
        context.Response.Body.Position = 0;
        return (context.Response.StatusCode, await new StreamReader(context.Response.Body).ReadToEndAsync());
    }

    private sealed class OneRun : IRunStore
    {
        public RunEnd? End { get; set; }

        public Task<RunRecord?> FindAsync(string runId, CancellationToken cancellationToken) => Task.FromResult<RunRecord?>(
            new RunRecord { RunId = Run, Spec = new RunSpec { Scenario = "tail-read" }, CreatedAt = TimeProvider.System.GetUtcNow(), End = End });

        public Task<string?> TokenAsync(string runId, CancellationToken cancellationToken) => Task.FromResult(runId == Run ? Token : null);

        public Task CreateAsync(RunRecord record, string token, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<RunRecord>> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<RunRecord> UpdateAsync(string runId, Func<RunRecord, RunRecord> change, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
