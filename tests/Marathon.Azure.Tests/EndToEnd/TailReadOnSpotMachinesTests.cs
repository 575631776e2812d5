using System.Text.Json;
using Marathon.Azure.Claims;
using Marathon.Azure.Tests.Fakes;
using Marathon.Azure.Tests.Faults;
using Marathon.Cli.Api;
using Marathon.Controller.Fleets;
using Marathon.Controller.Http;
using Marathon.Reports;
using Marathon.Runs;

namespace Marathon.Azure.Tests.EndToEnd;

/// <summary>The one-machine host with a fleet of scale sets: Azure is a fake, its machines are processes, and the rest is real.</summary>
[Collection("spot machines")]
public sealed class TailReadOnSpotMachinesTests(Xunit.Abstractions.ITestOutputHelper output) : IDisposable
{
    private const int Evictions = 5;
    private readonly string folder = Directory.CreateTempSubdirectory("marathon-spot-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [ToolFact("bash", "curl", "python3")]
    public async Task A_run_passes_although_its_machines_are_evicted_again_and_again()
    {
        await using SpotHost host = await SpotHost.StartAsync(folder);
        (FastClock clock, FakeArm arm, FakePlatform platform, LifeClaims claims, LocalMachines machines, MarathonClient client) =
            (host.Clock, host.Arm, host.Platform, host.Claims, host.Machines, host.Client);

        DateTimeOffset begun = clock.GetUtcNow();
        string run = await client.StartAsync(Spec(), default);
        List<WorkerLife> evicted = [];
        for (int i = 0; i < Evictions; i++)
        {
            WorkerLife[] joined = [];
            await Eventually.HoldsAsync(async () =>
            {
                RunSummary? summary = await client.FindAsync(run, default);
                Assert.NotEqual("finished", summary!.State);
                joined = [.. (summary.Workers ?? [])
                    .Where(worker => worker is { End: null, Pid: not null, Phase: not null })
                    .Select(worker => new WorkerLife(worker.Id, worker.Epoch))
                    .Except(evicted)];
                return summary.State == "loading" && joined.Length == 2;
            }, () => $"two workers load after {evicted.Count} evictions\n{machines.Consoles}", SpotHost.Pause);
            WorkerLife victim = joined[i % 2];
            string machine = (await claims.ListAsync(run, default)).Single(life => life.Of == victim).Machine!;
            if (i == 0) AssertNoSecretIsHandedOver(arm, platform);
            FakeMachine? doomed = arm.Running.SingleOrDefault(candidate => candidate.Name == machine);
            Assert.True(doomed is not null, $"{victim} lives on {machine}, which the platform does not run\n{await host.TellAsync(run, begun)}");
            arm.Evict(doomed);
            evicted.Add(victim);
            output.WriteLine($"{clock.ToOurs(clock.GetUtcNow() - begun).TotalSeconds:0.0} s: {machine} is evicted, and {victim} with it");
        }
        Report report = await host.ReportAsync(run);

        output.WriteLine($"{machines.Count} machines; {string.Join(", ", report.Workers.Select(worker => $"{worker.Id}/{worker.Epoch} {worker.End}"))}; {report.Records}");
        output.WriteLine(string.Join(", ", arm.Calls.GroupBy(call => call.Policy).Select(group => $"{group.Key} {group.Count()}")));
        Assert.True(report.Verdict == "pass", $"{report.Verdict}: {report.Reason} {JsonSerializer.Serialize(report.Anomalies)}");
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
        Assert.True(report.Cost is { Total: > 0, MachineHours: > 0, MachineHoursWithoutPrice: 0 }, $"{report.Cost}");
        Assert.True(report.Cost.TotalAtRegularPrice > report.Cost.Total, $"{report.Cost}");
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
}
