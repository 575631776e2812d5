using Marathon.Azure.Boot;
using Marathon.Azure.Tests.Fakes;
using Marathon.Azure.Tests.Faults;
using Marathon.Controller.Fleets;

namespace Marathon.Azure.Tests.Boot;

/// <summary>Runs the script that machines run, against everything that it talks to, with a docker that writes down what it is told.</summary>
public sealed class BootScriptTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("marathon-boot").FullName;
    private FakeCloud cloud = null!;

    public async Task InitializeAsync()
    {
        cloud = await FakeCloud.StartAsync();
        WorkerBoot boot = new("run-1", cloud.Address, new Uri(cloud.Address, "secrets/run-run-1"), "worker-id", "marathon.azurecr.io/worker:1", TimeSpan.FromSeconds(60));
        var files = CloudInitTests.Files(boot);
        await File.WriteAllTextAsync(Path.Combine(folder, "worker.env"), files["/etc/marathon/worker.env"].Content);
        await File.WriteAllTextAsync(Path.Combine(folder, "marathon-boot"), files["/usr/local/bin/marathon-boot"].Content);
        Directory.CreateDirectory(Path.Combine(folder, "bin"));
        string docker = Path.Combine(folder, "bin", "docker");
        await File.WriteAllTextAsync(docker, """
            #!/usr/bin/env bash
            echo "$*" >>"$DOCKER_LOG"
            if [ "$1" = login ]; then echo "password $(cat)" >>"$DOCKER_LOG"; fi
            if [ "$1" = run ]; then echo "token $MARATHON_RUN_TOKEN" >>"$DOCKER_LOG"; fi
            """);
        File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }

    public async Task DisposeAsync()
    {
        await cloud.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [ToolFact("bash", "curl", "python3")]
    public async Task A_machine_fetches_its_token_claims_a_life_and_lives_it()
    {
        await cloud.Claims.OfferAsync("run-1", [new WorkerLife("w7", 3)], default);
        (int code, string log, string error) = await BootAsync();
        Assert.True(code == 0, error);
        Assert.Contains("login --username 00000000-0000-0000-0000-000000000000 --password-stdin marathon.azurecr.io\npassword for-the-registry", log, StringComparison.Ordinal);
        Assert.Contains("pull --quiet marathon.azurecr.io/worker:1", log, StringComparison.Ordinal);
        Assert.Contains(
            $"marathon.azurecr.io/worker:1 --run run-1 --data /data --worker w7 --epoch 3 --controller {cloud.Address} --listen 10.20.16.7:7080 --lease-timeout 60s --scheduled-events {cloud.Address}",
            log, StringComparison.Ordinal);
        string run = log.Split('\n').Single(line => line.StartsWith("run ", StringComparison.Ordinal));
        Assert.All(["--read-only", "--cap-drop ALL", "--security-opt no-new-privileges", "--volume marathon-data:/data"], option => Assert.Contains(option + " ", run, StringComparison.Ordinal));
        Assert.EndsWith($"token {FakeCloud.Token}", log.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain(FakeCloud.Token, error, StringComparison.Ordinal);
        Assert.Equal(FakeCloud.Machine, Assert.Single(await cloud.Claims.ListAsync("run-1", default)).Machine);
    }

    [ToolFact("bash", "curl", "python3")]
    public async Task A_life_is_lived_once_and_the_next_one_is_waited_for()
    {
        await cloud.Claims.OfferAsync("run-1", [new WorkerLife("w7", 1)], default);
        Assert.Equal(0, (await BootAsync()).Code);
        int claims = Claims();
        Task<(int Code, string Log, string Error)> again = BootAsync();
        await Eventually.HoldsAsync(() => Claims() > claims + 1, "the machine asks again");
        Assert.False(again.IsCompleted);
        await cloud.Claims.OfferAsync("run-1", [new WorkerLife("w7", 2)], default);
        (int code, string log, string error) = await again;
        Assert.True(code == 0, error);
        Assert.Equal(1, log.Split("--worker w7 --epoch 1 ").Length - 1);
        Assert.Equal(1, log.Split("--worker w7 --epoch 2 ").Length - 1);
    }

    [ToolFact("bash", "curl", "python3")]
    public async Task A_run_that_is_over_ends_the_unit_for_good()
    {
        cloud.ClaimStatuses.Enqueue(410);
        (int code, string log, _) = await BootAsync();
        Assert.Equal(64, code);
        Assert.DoesNotContain("run --rm", log, StringComparison.Ordinal);
    }

    [ToolFact("bash", "curl", "python3")]
    public async Task What_is_not_ready_yet_is_asked_again()
    {
        foreach (int status in new[] { 403, 404, 503 }) cloud.VaultStatuses.Enqueue(status);
        foreach (int status in new[] { 503, 429, 204 }) cloud.ClaimStatuses.Enqueue(status);
        await cloud.Claims.OfferAsync("run-1", [new WorkerLife("w0", 1)], default);
        (int code, string log, string error) = await BootAsync();
        Assert.True(code == 0, error);
        Assert.Contains("--worker w0 --epoch 1", log, StringComparison.Ordinal);
    }

    private int Claims() => cloud.Seen.Count(seen => seen.EndsWith("/claims", StringComparison.Ordinal));

    private async Task<(int Code, string Log, string Error)> BootAsync()
    {
        Dictionary<string, string> environment = (await File.ReadAllLinesAsync(Path.Combine(folder, "worker.env")))
            .Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        environment["MARATHON_IMDS"] = cloud.Address.AbsoluteUri.TrimEnd('/');
        environment["MARATHON_REGISTRY_URL"] = cloud.Address.AbsoluteUri.TrimEnd('/');
        environment["MARATHON_STATE"] = Path.Combine(folder, "state");
        environment["MARATHON_RETRY_SECONDS"] = "0.05";
        environment["DOCKER_LOG"] = Path.Combine(folder, "docker.log");
        environment["PATH"] = $"{Path.Combine(folder, "bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        (int code, _, string error) = await Shell.RunAsync("bash", [Path.Combine(folder, "marathon-boot")], environment);
        string log = File.Exists(environment["DOCKER_LOG"]) ? await File.ReadAllTextAsync(environment["DOCKER_LOG"]) : "";
        return (code, log, error);
    }
}
