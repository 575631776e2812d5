using System.Text;
using Marathon.Cli.Terminal;
using Marathon.EndToEnd.Tests.Fixture;

namespace Marathon.EndToEnd.Tests;

/// <summary>A password, the run's token and the operator's key, sought in everything that a run leaves behind or says.</summary>
public sealed class SecretTests : IDisposable
{
    private const string Password = "canary-7f3a91";
    private readonly Sandbox sandbox = new();

    [Fact]
    public async Task Secrets_AreInNoLogReportOrPack()
    {
        CommandResult result = (await sandbox.RunAsync(
            "run", "tail-read", "--duration", "3s", "--set", "warmup=1s", "--set", "ratePerSecond=500", "--lie", "corrupt",
            "--set", $"client.sasl.password={Password}", "--report", sandbox["report"])).Exits(ExitCode.Violation);

        string run = Directory.GetDirectories(Path.Combine(sandbox.Data, "runs")).Single();
        string token = await File.ReadAllTextAsync(Path.Combine(run, "token"));
        Assert.DoesNotContain(Password, result.Out + result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(token, result.Out + result.Error, StringComparison.Ordinal);

        // Only the run's own record, which its workers are configured from, and the token's file know them.
        Assert.Equal(["run.json", "spec.json"], Holding(Password));
        Assert.Equal(["token"], Holding(token));
        Assert.All(
            new[] { "run.json", "spec.json", "token" },
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(run, file))));

        CommandResult again = (await sandbox.RunAsync("run", "--repro", sandbox["report"])).Exits(ExitCode.BadInput);
        Assert.Contains("config.client.sasl.password", again.Error, StringComparison.Ordinal);
        await sandbox.AssertNothingIsLeftAsync("report");
    }

    public void Dispose() => sandbox.Dispose();

    private string[] Holding(string secret)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(secret);
        return
        [
            .. Directory.EnumerateFiles(Path.GetDirectoryName(sandbox.Data)!, "*", SearchOption.AllDirectories)
                .Where(file => File.ReadAllBytes(file).AsSpan().IndexOf(bytes) >= 0)
                .Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal),
        ];
    }
}
