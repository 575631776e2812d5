using System.Text.Json;
using Marathon.Azure.Claims;
using Marathon.Azure.Fleets;
using Marathon.Azure.Tests.Fakes;
using Marathon.Azure.Tests.Faults;
using Marathon.Cli.Api;
using Marathon.Cli.Owner;
using Marathon.Controller.Fleets;
using Marathon.Controller.Http;
using Marathon.Reports;
using Marathon.Runs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Azure.Tests.EndToEnd;

/// <summary>The one-machine host with a fleet of scale sets: Azure is a fake, its machines are processes, and the rest is real.</summary>
public sealed class TailReadOnSpotMachinesTests(Xunit.Abstractions.ITestOutputHelper output) : IDisposable
{
    private const int Evictions = 5;
    private readonly string folder = Directory.CreateTempSubdirectory("marathon-spot-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [ToolFact("bash", "curl", "python3")]
    public async Task A_run_passes_although_its_machines_are_evicted_again_and_again()
    {
        FastClock clock = new(10);
        FakeArm arm = new(clock) { OperationTime = TimeSpan.FromSeconds(20), ListLag = TimeSpan.FromSeconds(10) };
        await using FakePlatform platform = await FakePlatform.StartAsync(AzureWorld.DefaultOptions.IdentityClientId);
        LifeClaims claims = new(new MemoryClaims(), clock);
        VmScaleSetFleetProvider fleet = new(arm.Access(), AzureWorld.DefaultOptions, claims, platform, clock, NullLogger<VmScaleSetFleetProvider>.Instance);
        await using LocalMachines machines = new(arm, platform, Directory.CreateDirectory(Path.Combine(folder, "machines")).FullName);
        await using OwnerHost host = await OwnerHost.StartAsync(
            new OwnerOptions(Path.Combine(folder, "data"), Port: null, TimeSpan.FromSeconds(60)),
            CancellationToken.None,
            services => services.AddSingleton<IFleetProvider>(new FastFleet(fleet, clock)).AddSingleton(claims).AddSingleton(ClaimRoute.Route));
        MarathonClient client = new(host.File.Url, host.File.OperatorKey);

        DateTimeOffset begun = clock.GetUtcNow();
        string run = await client.StartAsync(Spec(), default);
        List<WorkerLife> evicted = [];
        for (int i = 0; i < Evictions; i++)
        {
            WorkerLife[] joined = await EventuallyAsync(async () =>
            {
                RunSummary? summary = await client.FindAsync(run, default);
                Assert.NotEqual("finished", summary!.State);
                WorkerLife[] living = [.. (summary.Workers ?? [])
                    .Where(worker => worker is { End: null, Pid: not null, Phase: not null })
                    .Select(worker => new WorkerLife(worker.Id, worker.Epoch))
                    .Except(evicted)];
                return summary.State == "loading" && living.Length == 2 ? living : null;
            }, () => $"two workers load after {evicted.Count} evictions\n{machines.Consoles}");
            WorkerLife victim = joined[i % 2];
            string machine = (await claims.ListAsync(run, default)).Single(life => life.Of == victim).Machine!;
            if (i == 0) AssertNoSecretIsHandedOver(arm, platform);
            FakeMachine? doomed = arm.Running.SingleOrDefault(candidate => candidate.Name == machine);
            Assert.True(doomed is not null, $"{victim} lives on {machine}, which the platform does not run\n{await TellAsync()}");
            arm.Evict(doomed);
            evicted.Add(victim);
            output.WriteLine($"{clock.ToOurs(clock.GetUtcNow() - begun).TotalSeconds:0.0} s: {machine} is evicted, and {victim} with it");
        }
        async Task<string> TellAsync() =>
            $"existing: {string.Join(", ", arm.Existing.Select(machine => $"{machine.Name} {machine.State}"))}\n" +
            $"claims: {string.Join(", ", await claims.ListAsync(run, default))}\n" +
            $"changes: {string.Join(", ", arm.Calls.Where(call => call.Method != "GET").Select(call => $"{clock.ToOurs(call.At - begun).TotalSeconds:0.0} {call.Policy} {call.Resource} {call.Status}"))}\n" +
            string.Join("\n", Directory.EnumerateFiles(Path.Combine(folder, "data"), "*.log", SearchOption.AllDirectories).Select(log => $"{log}\n{string.Join("\n", File.ReadLines(log).TakeLast(40))}"));
        RunSummary end = await EventuallyAsync(async () => await client.FindAsync(run, default) is { State: "finished" } finished ? finished : null, () => "the run ends");

        Report report = JsonSerializer.Deserialize<Report>((await client.FindReportAsync(run, "json", default))!, ReportJson.Options)!;
        output.WriteLine($"{machines.Count} machines; {string.Join(", ", report.Workers.Select(worker => $"{worker.Id}/{worker.Epoch} {worker.End}"))}; {report.Records}");
        output.WriteLine(string.Join(", ", arm.Calls.GroupBy(call => call.Policy).Select(group => $"{group.Key} {group.Count()}")));
        Assert.True(end.Verdict == "pass", $"{end.Verdict}: {report.Reason} {JsonSerializer.Serialize(report.Anomalies)}");
        // On a busy machine a worker may be given up for other reasons too, and is replaced like the others.
        Assert.All(evicted, life => Assert.Single(
            report.Workers, worker => worker.Id == life.Worker && worker.Epoch == life.Epoch && worker is { End: "killed" or "lost", ReplacedBy: not null }));
        Assert.Equal(0, report.Records.Lost);
        Assert.Equal(report.Records.Acked, report.Records.Received);
        Assert.True(platform.Read.Count >= Evictions + 2, $"{platform.Read.Count} machines have read the run's token");
        Assert.Empty(arm.Throttled);
        Assert.Empty(arm.Existing);
        Assert.Empty(arm.Sets);
        Assert.Empty(platform.Secrets);
    }

    private void AssertNoSecretIsHandedOver(FakeArm arm, FakePlatform platform)
    {
        string token = Assert.Single(platform.Secrets).Value;
        Assert.All(arm.Calls, call => Assert.DoesNotContain(token, call.Body, StringComparison.Ordinal));
        string[] handed = ["worker.env", "marathon-boot", "marathon-worker.service"];
        Assert.All(
            handed.SelectMany(name => Directory.EnumerateFiles(folder, name, SearchOption.AllDirectories)),
            file => Assert.DoesNotContain(token, File.ReadAllText(file), StringComparison.Ordinal));
    }

    private static RunSpec Spec() => new()
    {
        Scenario = "tail-read",
        Workers = 2,
        Duration = "80s",
        Config = new Dictionary<string, JsonElement>
        {
            ["warmup"] = JsonSerializer.SerializeToElement("1s"),
            ["ratePerSecond"] = JsonSerializer.SerializeToElement(300),
        },
    };

    private static async Task<T> EventuallyAsync<T>(Func<Task<T?>> look, Func<string> what)
        where T : class
    {
        using CancellationTokenSource deadline = new(TimeSpan.FromMinutes(4));
        while (true)
        {
            if (await look() is { } found) return found;
            Assert.False(deadline.IsCancellationRequested, $"not within four minutes: {what()}");
            await Task.Delay(200);
        }
    }
}
