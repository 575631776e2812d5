using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Marathon.Cli.Clusters;
using Marathon.Cli.Processes;
using Marathon.Cli.Terminal;
using Marathon.EndToEnd.Tests.Fixture;
using Marathon.Reports;

namespace Marathon.EndToEnd.Tests;

/// <summary>A real Kafka that is made to lose acknowledged records is found out, and each lost record is accounted for.</summary>
public sealed class KafkaLossTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    [KafkaTheory]
    [MemberData(nameof(KafkaHomes.Newest), MemberType = typeof(KafkaHomes))]
    public async Task LeaderAloneInSyncIsKilled_FollowerTakesOver_LostRecordsAreNamedAndExplained(string home)
    {
        CommandResult result = (await sandbox.RunAsync(
            "run", "broker-failure", "--cluster", "kafka", "--kafka-home", home, "--duration", "24s", "--json", "--set", "warmup=1s", "--set", "ratePerSecond=500",
            "--set", "partitions=3", "--set", "faultAfter=2s", "--set", "faultFor=20s", "--set", "acks=1", "--set", "isolateLeader=true", "--set", "replication=2",
            "--set", "topic.min.insync.replicas=1", "--set", "topic.unclean.leader.election.enable=true")).Exits(ExitCode.Violation);

        AnomalyReport lost = AssertLost(result);
        Assert.Contains("truncation", lost.Why, StringComparison.Ordinal);
        await sandbox.AssertNothingIsLeftAsync();
    }

    [KafkaTheory]
    [MemberData(nameof(KafkaHomes.Newest), MemberType = typeof(KafkaHomes))]
    public async Task FolderOfAPartitionIsDeletedOnAllReplicas_IsFound(string home)
    {
        using RunningCommand cluster = sandbox.StartWithout(["cluster", "up", "--kafka-home", home]);
        string servers = (await cluster.WaitForAsync("bootstrap.servers="))["bootstrap.servers=".Length..];
        string folder = (await cluster.WaitForAsync(" brokers, in ")).Split(" brokers, in ")[1];
        using RunningCommand run = sandbox.Start(
            "run", "catch-up-read", "--cluster", servers, "--duration", "3s", "--json", "--set", "topic=doomed", "--set", "warmup=2s", "--set", "ratePerSecond=500",
            "--set", "recordSize=1KiB", "--set", "partitions=3", "--set", "backlogBytes=64MiB");
        await run.WaitForAsync(" loading");
        await Eventually.HoldsAsync(() => Segments(folder).Sum(f => f.Length) > 3 * 3 << 20, "three replicas hold the beginning of a backlog that nobody has read");

        await DeletePartitionAsync(folder, "doomed-0");
        CommandResult result = (await run.EndAsync()).Exits(ExitCode.Violation);

        AssertLost(result);
        Assert.Contains(result.Report.Anomalies, a => a.Kind == "log-regression");
        cluster.Send(Signal.Terminate);
        (await cluster.EndAsync()).Exits(ExitCode.Pass);
        await sandbox.AssertNothingIsLeftAsync();
    }

    public void Dispose() => sandbox.Dispose();

    private static AnomalyReport AssertLost(CommandResult result)
    {
        Report report = result.Report;
        AnomalyReport lost = Assert.Single(report.Anomalies, a => a.Kind == "lost-acked-write");
        Assert.True(lost.Count > 0, result.Error);
        Assert.Equal(("violation", report.Records.Lost), (lost.Policy, lost.Count));
        Assert.NotEmpty(lost.Examples);
        Assert.Equal(report.Records.Acked, report.Records.Received + report.Records.Unseen + report.Records.Lost);
        return lost;
    }

    private static IEnumerable<FileInfo> Segments(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*.log", SearchOption.AllDirectories).Where(f => f.Directory!.Name.StartsWith("doomed-", StringComparison.Ordinal));

    // All brokers are down while it happens, so no replica is left that could fill the others again.
    private static async Task DeletePartitionAsync(string folder, string partition)
    {
        ControlFile control = JsonSerializer.Deserialize<ControlFile>(await File.ReadAllTextAsync(Path.Combine(folder, "keeper.json")), JsonSerializerOptions.Web)!;
        using HttpClient http = new() { BaseAddress = control.ControlUrl, Timeout = TimeSpan.FromMinutes(3) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", control.Key);
        ClusterState state = (await http.GetFromJsonAsync<ClusterState>("state"))!;
        await OnAllAsync("kill");
        string[] replicas = Directory.GetDirectories(folder, partition, SearchOption.AllDirectories);
        Assert.Equal(state.Brokers.Count, replicas.Length);
        Array.ForEach(replicas, r => Directory.Delete(r, recursive: true));
        await OnAllAsync("restart");

        Task OnAllAsync(string action) => Task.WhenAll(state.Brokers.Select(async broker =>
            (await http.PostAsync(new Uri($"brokers/{broker.Id}/{action}", UriKind.Relative), content: null)).EnsureSuccessStatusCode()));
    }
}
