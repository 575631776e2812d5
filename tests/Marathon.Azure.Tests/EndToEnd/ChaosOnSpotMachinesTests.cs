using System.Text.Json;
using Marathon.Azure.Tests.Fakes;
using Marathon.Azure.Tests.Faults;
using Marathon.Reports;
using Marathon.Runs;

namespace Marathon.Azure.Tests.EndToEnd;

/// <summary>Faults of machines, as a spec asks for them.</summary>
[Collection("spot machines")]
public sealed class ChaosOnSpotMachinesTests(Xunit.Abstractions.ITestOutputHelper output) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("marathon-spot-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [ToolFact("bash", "curl", "python3")]
    public async Task A_run_breaks_the_machines_of_its_workers_heals_them_and_loses_nothing()
    {
        await using SpotHost host = await SpotHost.StartAsync(folder);
        DateTimeOffset begun = host.Clock.GetUtcNow();
        string run = await host.Client.StartAsync(Spec(), default);
        Report report = await host.ReportAsync(run);

        output.WriteLine(string.Join("; ", report.Faults));
        output.WriteLine($"{host.Machines.Count} machines; {string.Join(", ", report.Workers.Select(worker => $"{worker.Id}/{worker.Epoch} {worker.End}"))}; {report.Records}; {report.Cost}");
        Assert.True(report.Verdict is "pass" or "slo-miss", $"{report.Verdict}: {report.Reason} {JsonSerializer.Serialize(report.Anomalies)}\n{await host.TellAsync(run, begun)}");
        Assert.Equal(["evict", "partition", "power-off"], report.Faults.Take(3).Select(fault => fault.Kind).Order());
        Assert.All(report.Faults, fault =>
        {
            Assert.Matches(@"^worker w\d+ on mw-\S+$", fault.Target);
            Assert.Equal("worker", fault.Role);
            Assert.NotNull(fault.HealedAt);
        });
        Assert.Contains(host.Arm.Calls, call => call.Policy == ComputePolicy.DeleteMachine && call.Status == 204);
        Assert.Equal(0, report.Records.Lost);
        Assert.Equal(report.Records.Acked, report.Records.Received);
        Assert.Empty(host.Arm.Existing);
        Assert.Empty(host.Arm.Sets);
        Assert.Empty(host.Platform.Secrets);
    }

    // This seed draws each of the three once before it draws one again.
    private static RunSpec Spec() => new()
    {
        Scenario = "chaos",
        Workers = 2,
        Seed = 8,
        Duration = "70s",
        Config = new Dictionary<string, JsonElement>
        {
            ["role"] = JsonSerializer.SerializeToElement("worker"),
            ["faults"] = JsonSerializer.SerializeToElement("evict,power-off,partition"),
            ["faultFor"] = JsonSerializer.SerializeToElement("5s"),
            ["calmFor"] = JsonSerializer.SerializeToElement("10s"),
            ["warmup"] = JsonSerializer.SerializeToElement("1s"),
            ["ratePerSecond"] = JsonSerializer.SerializeToElement(300),
        },
    };
}
