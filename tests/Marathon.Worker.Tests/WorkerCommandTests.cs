using System.Net;
using System.Text;
using System.Text.Json;
using Marathon.Workers;

namespace Marathon.Worker.Tests;

/// <summary>What the worker lets itself be told, and by whom.</summary>
public sealed class WorkerCommandTests(TestbedFixture testbed) : IClassFixture<TestbedFixture>, IAsyncLifetime
{
    private FakeController _controller = null!;
    private WorkerUnderTest _worker = null!;

    public async Task InitializeAsync()
    {
        _controller = await FakeController.StartAsync();
        _worker = await WorkerUnderTest.StartAsync(_controller);
    }

    public async Task DisposeAsync()
    {
        await _worker.DisposeAsync();
        await _controller.DisposeAsync();
    }

    [Fact]
    public async Task Command_SameIdAtOnceAndAgain_HappensOnceWithOneAnswer()
    {
        var spec = await Loads.WithTopicAsync(testbed.BootstrapServers);

        var atOnce = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _worker.InitialiseAsync(spec, id: "init")));
        await _worker.DoAsync("start", id: "start");
        var again = await _worker.InitialiseAsync(spec, id: "init");

        Assert.All(atOnce, answer => Assert.Equal(atOnce[0], answer));
        Assert.Equal(atOnce[0], again);
        Assert.Equal(WorkerPhase.Ready, again.Phase);
        await _worker.DoAsync("shutdown");
        Assert.Equal(0, await _worker.ExitAsync());
        Assert.Single(_controller.Events, told => told.Name == "WorkerReady");
    }

    [Fact]
    public async Task Command_IdOfAnother_Conflicts()
    {
        await _worker.InitialiseAsync(await Loads.WithTopicAsync(testbed.BootstrapServers), id: "one");

        await Refused(await _worker.PostAsync("start", id: "one"), HttpStatusCode.Conflict, WorkerProtocol.CommandIdHeader);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData(FakeController.Token + "x")]
    public async Task Command_WithoutTheToken_IsUnauthorized(string? token)
    {
        using var response = await _worker.PostAsync("shutdown", token: token);

        await Refused(response, HttpStatusCode.Unauthorized, "Authorization");
        Assert.NotEmpty(response.Headers.WwwAuthenticate);
        Assert.Equal(HttpStatusCode.OK, (await _worker.HealthAsync()).StatusCode);
        Assert.False(_worker.HasExited);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong")]
    public async Task Preempt_WithoutTheToken_IsUnauthorized(string? token)
    {
        await Refused(await _worker.PreemptAsync(token), HttpStatusCode.Unauthorized, "Authorization");

        Assert.Equal("Idle", await (await _worker.HealthAsync()).Content.ReadAsStringAsync());
        Assert.Empty(_controller.Events);
        Assert.False(_worker.HasExited);
    }

    [Fact]
    public async Task Preempt_TwiceWhileLoading_HandsOverOnceAndEndsInOrder()
    {
        await _worker.InitialiseAsync(await Loads.WithTopicAsync(testbed.BootstrapServers));
        await _worker.DoAsync("start");
        await _worker.Until(() => _controller.Latest!.Counters.Acked > 1000, "1,000 records are acknowledged");

        var twice = await Task.WhenAll(_worker.PreemptAsync(), _worker.PreemptAsync());

        Assert.All(twice, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        Assert.Equal(0, await _worker.ExitAsync());
        Assert.Equal(["WorkerReady", "WorkerDraining", "WorkerDone"], _controller.Events.Select(told => told.Name));
        Assert.Equal("notice of preemption", _controller.Events.ElementAt(1).Event.Detail);
        var last = _controller.Evidence.MaxBy(evidence => evidence.Number)!;
        Assert.True(last.Final);
        Assert.All(last.Producers, producer => Assert.True(producer.Settled));
        Assert.Equal(_controller.Latest!.Counters.Sent, last.Acknowledged());
    }

    [Fact]
    public async Task Command_Unknown_NamesThoseThatAre()
    {
        var problem = await Refused(await _worker.PostAsync("self-destruct"), HttpStatusCode.NotFound, field: null);

        Assert.Contains("pause-consumption", problem.GetProperty("remedy").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("start")]
    [InlineData("stop")]
    [InlineData("evidence")]
    [InlineData("throughput")]
    [InlineData("pause-consumption")]
    [InlineData("measure")]
    public async Task Command_BeforeItsTime_Conflicts(string command)
    {
        var body = command switch { "stop" => """{"flushSeconds":1}""", "throughput" => """{"ratePerSecond":1}""", _ => null };

        var problem = await Refused(await _worker.PostAsync(command, body), HttpStatusCode.Conflict, field: null);

        Assert.Contains("Idle", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("throughput", "", "$")]
    [InlineData("throughput", "null", "$")]
    [InlineData("throughput", "{", "$")]
    [InlineData("throughput", "[]", "$")]
    [InlineData("throughput", """{"ratePerSecond":"fast"}""", "$.ratePerSecond")]
    [InlineData("throughput", """{"ratePerSecond":-1}""", "ratePerSecond")]
    [InlineData("throughput", """{"ratePerSecond":1e999}""", "ratePerSecond")]
    [InlineData("throughput", """{"ratePerSecond":1,"extra":2}""", "extra")]
    [InlineData("stop", """{"flushSeconds":-5}""", "flushSeconds")]
    [InlineData("stop", "{}", "$")]
    [InlineData("initialise", """{"runId":"run-1"}""", "$")]
    public async Task Command_HostileBody_IsRefusedByField(string command, string body, string field)
    {
        var problem = await Refused(await _worker.PostAsync(command, body), HttpStatusCode.BadRequest);

        Assert.Contains(field, problem.GetProperty("field").GetString() + problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _worker.HealthAsync()).StatusCode);
    }

    [Fact]
    public async Task Command_DeepOrHugeBody_IsRefused()
    {
        var deep = new StringBuilder().Insert(0, "[", 100_000).ToString();
        await Refused(await _worker.PostAsync("throughput", deep), HttpStatusCode.BadRequest, "$");
        using var wrongType = await _worker.PostAsync("throughput", "ratePerSecond=1", contentType: "application/x-www-form-urlencoded");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, wrongType.StatusCode);

        var huge = new string(' ', (64 << 20) + 1);
        try
        {
            using var response = await _worker.PostAsync("throughput", huge);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        }
        catch (HttpRequestException)
        {
            // Refused while the body was still on its way, and hung up.
        }

        Assert.Equal(HttpStatusCode.OK, (await _worker.HealthAsync()).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task Command_UnusableId_IsRefused(string id) =>
        await Refused(await _worker.PostAsync("start", id: id), HttpStatusCode.BadRequest, WorkerProtocol.CommandIdHeader);

    [Fact]
    public async Task Initialise_SpecThatContradictsItself_NamesTheField()
    {
        var spec = Loads.On(testbed.BootstrapServers, "nowhere") with { RecordSizeBytes = 10, Acks = 7 };

        var problem = await Refused(await PostInitialise(spec), HttpStatusCode.BadRequest, "acks");

        Assert.Contains("recordSizeBytes", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no.such.property", "1")]
    [InlineData("linger.ms", "soon")]
    [InlineData("enable.idempotence", "false")]
    public async Task Initialise_PropertyThatTheClientRefuses_NamesIt(string name, string value)
    {
        var spec = Loads.On(testbed.BootstrapServers, "nowhere") with { ProducerProperties = new Dictionary<string, string> { [name] = value } };

        await Refused(await PostInitialise(spec), HttpStatusCode.BadRequest, $"config.producer.{name}");
    }

    [Fact]
    public async Task Initialise_ClusterThatNobodyAnswersFor_SaysWhichAndMayBeTriedAgain()
    {
        var problem = await Refused(await PostInitialise(Loads.On("127.0.0.1:1", "nowhere"), id: "init"), HttpStatusCode.ServiceUnavailable, field: null);

        Assert.Contains("127.0.0.1:1", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(WorkerPhase.Ready, (await _worker.InitialiseAsync(await Loads.WithTopicAsync(testbed.BootstrapServers), id: "init")).Phase);
    }

    [Fact]
    public async Task Command_TraceContext_GoesOnToTheController()
    {
        const string traceId = "0af7651916cd43dd8448eb211c80319c";
        await _worker.InitialiseAsync(await Loads.WithTopicAsync(testbed.BootstrapServers));

        await _worker.DoAsync("evidence", traceParent: $"00-{traceId}-b7ad6b7169203331-01");

        Assert.All(_controller.Requests, request => Assert.NotNull(request.TraceParent));
        Assert.Contains(_controller.Requests, request => request.Path.Contains("/evidence/", StringComparison.Ordinal) && request.TraceParent!.Contains(traceId, StringComparison.Ordinal));
    }

    private Task<HttpResponseMessage> PostInitialise(Marathon.Workers.Load.LoadSpec spec, string? id = null) =>
        _worker.PostAsync("initialise", JsonSerializer.Serialize(spec, WorkerJson.Default.LoadSpec), id);

    private static async Task<JsonElement> Refused(HttpResponseMessage response, HttpStatusCode status, string? field)
    {
        var problem = await Refused(response, status);
        Assert.Equal(field, problem.TryGetProperty("field", out var found) ? found.GetString() : null);
        return problem;
    }

    private static async Task<JsonElement> Refused(HttpResponseMessage response, HttpStatusCode status)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode} {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        Assert.NotEmpty(problem.GetProperty("remedy").GetString()!);
        return problem;
    }
}
