using Marathon.Controller.Bus;
using Marathon.Controller.Clusters;
using Marathon.Controller.Fleets;
using Marathon.Controller.Http;
using Marathon.Controller.Loop;
using Marathon.Controller.Orchestrations;
using Marathon.Controller.Reports;
using Marathon.Controller.Runs;
using Marathon.Controller.Topics;
using Marathon.Controller.Workers;
using Marathon.Durable;
using Marathon.Durable.Embedded;
using Marathon.Reports;
using Marathon.Runs;
using Marathon.Scenarios;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Marathon.Controller.Tests.World;

/// <summary>A controller on a virtual clock with a simulated cluster and fleet. It can be killed and started again.</summary>
public sealed class ControllerWorld : IAsyncDisposable
{
    private static readonly TimeSpan s_untilItWaitsForTheClock = TimeSpan.FromMilliseconds(100);
    private readonly RunSettings settings;
    private readonly ScenarioCatalog catalog;
    private ServiceProvider? services;
    private EmbeddedDurableHost? host;

    public ControllerWorld(RunSettings? settings = null, ScenarioCatalog? catalog = null)
    {
        this.settings = settings ?? new RunSettings();
        this.catalog = catalog ?? ScenarioCatalog.BuiltIn;
        Fleet = new SimulatedFleet(Time);
        Cluster = new SimulatedCluster(Time);
    }

    public VirtualTimeProvider Time { get; } = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("marathon-controller-").FullName;

    public SimulatedFleet Fleet { get; }

    public SimulatedCluster Cluster { get; }

    public DurableClient Client => host!.Client;

    public IRunStore Runs => services!.GetRequiredService<IRunStore>();

    public ILoopStore Loop => services!.GetRequiredService<ILoopStore>();

    public RunAdmission Admission => services!.GetRequiredService<RunAdmission>();

    public static async Task<ControllerWorld> StartAsync(RunSettings? settings = null, ScenarioCatalog? catalog = null)
    {
        ControllerWorld world = new(settings, catalog);
        await world.StartControllerAsync();
        return world;
    }

    public static RunSpec Spec(double seconds = 30, int workers = 2, string scenario = "tail-read", params (string Key, object Value)[] config) => new()
    {
        Scenario = scenario,
        Workers = workers,
        Seed = 7,
        Duration = FormattableString.Invariant($"{seconds}s"),
        Config = config.ToDictionary(c => c.Key, c => System.Text.Json.JsonSerializer.SerializeToElement(c.Value)),
    };

    public async Task StartControllerAsync()
    {
        ServiceCollection collection = new();
        collection.AddLogging();
        collection.AddSingleton<TimeProvider>(Time)
            .AddSingleton(catalog)
            .AddSingleton<IWorkerBus>(Fleet)
            .AddSingleton<IWorkerRegistry>(Fleet)
            .AddSingleton<IHeartbeats>(Fleet)
            .AddSingleton<IFleetProvider>(Fleet)
            .AddSingleton<IClusterProvider>(Cluster)
            .AddSingleton<IFaultInjector>(Cluster)
            .AddSingleton<IClusterAdmin>(Cluster)
            .AddSingleton(_ => host!.Client)
            .AddMarathonController(new ControllerOptions { DataFolder = Folder, Runs = settings });
        services = collection.BuildServiceProvider();
        services.GetRequiredService<ControllerEndpoint>().Address = new Uri("http://127.0.0.1:1");
        Fleet.ListeningSince = Time.GetUtcNow();
        host = new EmbeddedDurableHost(new EmbeddedDurableOptions
        {
            Registry = new DurableTaskRegistry().AddMarathon(),
            DatabasePath = Path.Combine(Folder, "marathon.db"),
            Services = services,
            TimeProvider = Time,
            ShutdownGrace = TimeSpan.Zero,
        });
        await host.StartAsync();
        await Admission.ResumeAsync(CancellationToken.None);
    }

    public async Task KillControllerAsync()
    {
        await host!.DisposeAsync();
        await services!.DisposeAsync();
    }

    /// <summary>Lets the run go on to its end.</summary>
    public async Task<Report> FinishAsync(string runId)
    {
        await Time.RunUntilAsync(Client.WaitForInstanceCompletionAsync(runId, true));
        return await ReportAsync(runId);
    }

    public async Task<Report> ReportAsync(string runId)
    {
        byte[] json = await services!.GetRequiredService<IReportStore>().FindAsync(runId, ReportFormat.Json, CancellationToken.None)
            ?? throw new InvalidOperationException($"no report: {(await Client.GetInstanceAsync(runId, true))?.FailureDetails}");
        return System.Text.Json.JsonSerializer.Deserialize<Report>(json, ReportJson.Options)!;
    }

    /// <summary>Lets time pass until the run is in a state.</summary>
    public async Task UntilStateAsync(string runId, string state)
    {
        for (int i = 0; i < 2000; i++)
        {
            // A run is preparing before its prepare stage has begun.
            if (await StateAsync(runId) == state && (await Runs.FindAsync(runId, default))!.Stages.Count > 0)
            {
                return;
            }

            await Time.AdvanceAsync(TimeSpan.FromMilliseconds(100));
        }

        throw new TimeoutException($"the run never was {state}, it is {await StateAsync(runId)}: {(await Runs.FindAsync(runId, default))?.End}");
    }

    public async Task<string> StateAsync(string runId) =>
        RunSummary.Of((await Runs.FindAsync(runId, default))!, await Client.GetInstanceAsync(runId, true)).State;

    /// <summary>Sends a request to the API, without a network.</summary>
    public async Task<(int Status, string Body)> PostAsync(string path, string body = "")
    {
        string[] parts = path.Split('/');
        string pattern = parts[1] == "loop" ? "api/loop/{action}" : $"api/runs/{{runId}}/{parts[3]}";
        using MemoryStream answer = new();
        DefaultHttpContext context = new() { RequestServices = services! };
        context.Request.Method = "POST";
        context.Request.Host = new HostString("127.0.0.1");
        context.Request.Path = "/" + path;
        context.Request.Body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body));
        context.Request.RouteValues = new() { ["runId"] = parts[2], ["action"] = parts[2] };
        context.Response.Body = answer;
        Task<IResult> request = ApiGate.RunAsync(MarathonApi.Routes.Single(r => r.Method == "POST" && r.Pattern == pattern), context);
        bool waitsForTheClock = parts[1] == "loop";
        if (waitsForTheClock)
        {
            // Driven while the request reads a file, the clock would run away.
            await Task.WhenAny(request, Task.Delay(s_untilItWaitsForTheClock));
        }

        IResult result = waitsForTheClock ? await Time.RunUntilAsync(request) : await request.WaitAsync(Time.Patience);
        await result.ExecuteAsync(context);
        return (context.Response.StatusCode, System.Text.Encoding.UTF8.GetString(answer.ToArray()));
    }

    public Task TellAsync(string runId, RunSignal signal) => Client.RaiseEventAsync(runId, RunSignal.EventName, signal);

    public async ValueTask DisposeAsync()
    {
        await KillControllerAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
