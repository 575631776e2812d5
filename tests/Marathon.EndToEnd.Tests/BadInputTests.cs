using System.Net;
using System.Net.Sockets;
using Marathon.Cli.Terminal;
using Marathon.EndToEnd.Tests.Fixture;

namespace Marathon.EndToEnd.Tests;

/// <summary>Each with one clear message that names the field and the remedy, the right exit code, and nothing left running.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    [Theory]
    [InlineData("run tial-read", "scenario", "did you mean 'tail-read'?")]
    [InlineData("run tail-read --set partitons=3", "config.partitons", "did you mean 'partitions'?")]
    [InlineData("run tail-read --set warmup=3parsecs", "config.warmup", "500ms, 30s, 5m")]
    [InlineData("run tail-read --duration soon", "duration", "500ms, 30s, 5m")]
    [InlineData("run tail-read --set ratePerSecond=-5", "config.ratePerSecond", "below the minimum")]
    [InlineData("run tail-read --set acks=1 --set guarantee=idempotent", "config.acks", "set acks=all")]
    [InlineData("run tail-read --set nonsense", "--set", "write --set")]
    [InlineData("run tail-read --workers 0", "--workers", "from 1 to 1000")]
    [InlineData("run tail-read --durration 3s", "--durration", "did you mean '--duration'?")]
    [InlineData("run tail-read --cluster 127.0.0.1:1", "cluster", "check that the cluster runs")]
    [InlineData("run tail-read --cluster nowhere", "cluster", "host:port")]
    [InlineData("run tail-read --cluster kafka --kafka-home .", "kafkaHome", "libs/*.jar")]
    [InlineData("run tail-read --lie duplicat", "lies", "did you mean 'duplicate'?")]
    [InlineData("run tail-read --lie duplicate --cluster kafka", "lies", "--cluster testbed")]
    [InlineData("run tail-read --lie corrupt --set compression=zstd", "config.compression", "none or gzip")]
    [InlineData("run tail-read --attach x", "run", "takes one of")]
    [InlineData("run", "run", "marathon run tail-read")]
    [InlineData("run absent.yaml", "absent.yaml", "no such file")]
    [InlineData("run bad.yaml", "bad.yaml:2", "no valid YAML")]
    [InlineData("run misspelt.yaml", "misspelt.yaml:3 config.partitons", "did you mean")]
    [InlineData("run --attach nobody", "--attach", "marathon list")]
    [InlineData("run --repro .", "--repro", "repro folder")]
    [InlineData("run --repro absent", "--repro", "repro folder")]
    [InlineData("run --repro broken", "spec.json:2", "no valid YAML")]
    [InlineData("run tail-read --report /proc/nowhere", "--report", "name another folder")]
    [InlineData("status nobody", "run", "marathon list")]
    [InlineData("report nobody", "run", "marathon list")]
    [InlineData("interrupt nobody", "--data", "marathon up")]
    [InlineData("list --controller ftp://x", "--controller", "http://127.0.0.1:7071")]
    public async Task Refused_WithFieldAndRemedy(string arguments, string field, string remedy)
    {
        await File.WriteAllTextAsync(sandbox["bad.yaml"], "scenario: tail-read\nconfig: }\n");
        await File.WriteAllTextAsync(sandbox["misspelt.yaml"], "scenario: tail-read\nconfig:\n  partitons: 3\n");

        Directory.CreateDirectory(sandbox["broken"]);
        await File.WriteAllTextAsync(Path.Combine(sandbox["broken"], "spec.json"), "{\n  \"scenario\": ]\n");

        CommandResult result = (await sandbox.RunAsync(arguments.Split(' '))).Exits(ExitCode.BadInput);

        string message = Assert.Single(result.Error.Split('\n'), l => l.StartsWith("marathon: ", StringComparison.Ordinal));
        Assert.Contains(field, message, StringComparison.Ordinal);
        Assert.Contains(remedy, message, StringComparison.Ordinal);
        Assert.Empty(result.Out);
        Assert.False(Directory.Exists(Path.Combine(sandbox.Data, "runs")), "no run id came to be");
        await sandbox.AssertNothingIsLeftAsync("bad.yaml", "misspelt.yaml", "broken");
    }

    [Fact]
    public async Task PortIsTaken_NamesIt()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        string port = $"{((IPEndPoint)listener.LocalEndpoint).Port}";

        CommandResult result = (await sandbox.RunAsync("up", "--port", port)).Exits(ExitCode.BadInput);

        Assert.Contains($"--port: {port} is taken", result.Error, StringComparison.Ordinal);
        await sandbox.AssertNothingIsLeftAsync();
    }

    [Theory]
    [InlineData("/proc/marathon")]
    [InlineData("file/data")]
    public async Task DataFolderCannotBeWritten_NamesIt(string folder)
    {
        await File.WriteAllTextAsync(sandbox["file"], "");
        using RunningCommand run = sandbox.StartWithout(["run", "tail-read"], "--data", folder);

        CommandResult result = (await run.EndAsync()).Exits(ExitCode.BadInput);

        Assert.Contains("--data: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("choose another folder", result.Error, StringComparison.Ordinal);
        await sandbox.AssertNothingIsLeftAsync("file");
    }

    [Theory]
    [InlineData(null, "install Java 17")]
    [InlineData("#!/bin/sh\necho 'openjdk version \"1.8.0_402\"' >&2", "is 1.8.0_402")]
    public async Task JavaIsMissingOrOld_SaysHowToGetIt(string? java, string expected)
    {
        Directory.CreateDirectory(Path.Combine(sandbox["kafka"], "libs"));
        await File.WriteAllTextAsync(Path.Combine(sandbox["kafka"], "libs", "kafka-clients-4.0.0.jar"), "");
        Directory.CreateDirectory(sandbox["bin"]);
        if (java is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(sandbox["bin"], "java"), java);
            File.SetUnixFileMode(Path.Combine(sandbox["bin"], "java"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        using RunningCommand run = sandbox.StartWith(
            new Dictionary<string, string?> { ["PATH"] = sandbox["bin"], ["JAVA_HOME"] = null },
            "run", "tail-read", "--cluster", "kafka", "--kafka-home", sandbox["kafka"], "--data", sandbox.Data);

        CommandResult result = (await run.EndAsync()).Exits(ExitCode.BadInput);
        Assert.Contains("cluster: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        await sandbox.AssertNothingIsLeftAsync("kafka", "bin");
    }

    public void Dispose() => sandbox.Dispose();
}
