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

        string token = await File.ReadAllTextAsync(Directory.EnumerateFiles(sandbox.Data, "token", SearchOption.AllDirectories).Single());
        Assert.DoesNotContain(Password, result.Out + result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(token, result.Out + result.Error, StringComparison.Ordinal);

        // Only the run's own record, which its workers are configured from, the engine's database and the token's file know them.
        Assert.Equal(["marathon.db", "run.json", "spec.json"], Holding(Password).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(["token"], Holding(token).Select(Path.GetFileName));
        Assert.All(Holding(Password).Concat(Holding(token)), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));

        CommandResult again = (await sandbox.RunAsync("run", "--repro", sandbox["report"])).Exits(ExitCode.BadInput);
        Assert.Contains("config.client.sasl.password", again.Error, StringComparison.Ordinal);
        await sandbox.AssertNothingIsLeftAsync("report");
    }

    public void Dispose() => sandbox.Dispose();

    private string[] Holding(string secret)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(secret);
        return [.. Directory.EnumerateFiles(Path.GetDirectoryName(sandbox.Data)!, "*", SearchOption.AllDirectories).Where(file => File.ReadAllBytes(file).AsSpan().IndexOf(bytes) >= 0)];
    }
}
