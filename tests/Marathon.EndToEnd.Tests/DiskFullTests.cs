using Marathon.Cli.Terminal;
using Marathon.EndToEnd.Tests.Fixture;

namespace Marathon.EndToEnd.Tests;

public sealed class DiskFullTests : IDisposable
{
    // A disk of its own for the data folder, seen by this shell and its children alone; it goes with the last of them.
    private const string Script =
        """
        set -e
        mkdir "$DATA" && mount -t tmpfs -o size="$SIZE" none "$DATA"
        (until [ -e "$FILL" ]; do sleep 0.1; done; dd if=/dev/zero of="$DATA/filler" bs=1M || true) >/dev/null 2>&1 &
        exec "$@"
        """;

    private readonly Sandbox sandbox = new();

    [MountNamespaceFact]
    public async Task DiskIsFullFromTheStart_IsRefused()
    {
        using RunningCommand run = Start("8m");

        CommandResult result = (await run.EndAsync()).Exits(ExitCode.BadInput);

        Assert.Contains("--data: only ", result.Error, StringComparison.Ordinal);
        Assert.Contains("free at least", result.Error, StringComparison.Ordinal);
    }

    [MountNamespaceFact]
    public async Task DiskFillsUp_InterruptsCleansUpAndReportsWhatWasSeen()
    {
        using RunningCommand run = Start("80m");
        await run.WaitForAsync(" loading");

        await File.WriteAllTextAsync(sandbox["fill"], "");

        CommandResult result = (await run.EndAsync()).Exits(ExitCode.HarnessFault);
        Assert.Equal("failed", result.Report.Outcome);
        Assert.Contains("--data: only ", result.Report.Reason, StringComparison.Ordinal);
        Assert.True(result.Report.Records.Acked > 0);
        Assert.Equal(result.Report.Records.Acked, result.Report.Records.Received);
        await sandbox.AssertNothingIsLeftAsync("fill");
    }

    public void Dispose() => sandbox.Dispose();

    private RunningCommand Start(string size) => sandbox.StartIn(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", Script, "sh"],
        new Dictionary<string, string?> { ["DATA"] = sandbox.Data, ["SIZE"] = size, ["FILL"] = sandbox["fill"] },
        "run", "tail-read", "--duration", "60s", "--set", "warmup=1s", "--set", "ratePerSecond=500", "--json", "--data", sandbox.Data);
}
