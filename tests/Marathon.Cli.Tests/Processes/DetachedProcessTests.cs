using System.Globalization;
using Marathon.Cli.Processes;

namespace Marathon.Cli.Tests.Processes;

public sealed class DetachedProcessTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly List<ProcessIdentity> started = [];

    [Fact]
    public async Task StartAsync_HasASessionOfItsOwn()
    {
        ProcessIdentity process = await StartAsync("sleep 60");

        await Eventually.HoldsAsync(() => SessionOf(process.Pid) == process.Pid, "the process leads a session");
        Assert.NotEqual(SessionOf(Environment.ProcessId), SessionOf(process.Pid));
    }

    [Fact]
    public async Task StartAsync_ManyAtOnce_StartsOne()
    {
        ProcessIdentity[] all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => StartAsync($"echo $$ >>{folder["lives"]}; sleep 60")));

        Assert.Single(all.Distinct());
        await Eventually.HoldsAsync(() => File.Exists(folder["lives"]), "the one that lives has written its line");
        Assert.Equal([all[0].Pid.ToString(CultureInfo.InvariantCulture)], File.ReadAllLines(folder["lives"]));
    }

    [Fact]
    public async Task StartAsync_StartedBefore_AdoptsItAliveOrNot()
    {
        ProcessIdentity first = await StartAsync("sleep 60");
        Assert.Equal(first, await StartAsync("sleep 60"));

        await first.KillAsync(default);

        Assert.Equal(first, await StartAsync("sleep 60"));
        Assert.False(first.IsAlive);
    }

    [Fact]
    public async Task StartAsync_OutputGoesToTheLog_SecretOnlyToTheEnvironment()
    {
        ProcessLaunch launch = Launch("echo got $SECRET; echo bad >&2; sleep 60") with { Environment = new Dictionary<string, string> { ["SECRET"] = "s3cret" } };
        ProcessIdentity process = await DetachedProcess.StartAsync(launch, default);
        started.Add(process);

        await Eventually.HoldsAsync(() => File.ReadAllText(folder["log"]).Contains("bad", StringComparison.Ordinal), "both lines are in the log");
        Assert.Equal("got s3cret\nbad\n", File.ReadAllText(folder["log"]));
        Assert.DoesNotContain("s3cret", File.ReadAllText($"/proc/{process.Pid}/cmdline"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task IsAlive_AfterItsEnd_IsFalse()
    {
        ProcessIdentity process = await StartAsync("exit 3");

        Assert.True(await process.WaitForEndAsync(TimeSpan.FromSeconds(60), default));
        Assert.False(process.IsAlive);
    }

    [Fact]
    public async Task StartAsync_PidFileCannotBeWritten_SaysWhichFile()
    {
        await File.WriteAllTextAsync(folder["file"], "");
        ProcessLaunch launch = Launch("sleep 60") with { PidFile = "/proc/nowhere/x.pid" };

        await Assert.ThrowsAnyAsync<IOException>(() => DetachedProcess.StartAsync(launch, default));
    }

    public void Dispose()
    {
        started.ForEach(p => p.Send(Signal.Kill));
        folder.Dispose();
    }

    private async Task<ProcessIdentity> StartAsync(string script)
    {
        ProcessIdentity process = await DetachedProcess.StartAsync(Launch(script), default);
        started.Add(process);
        return process;
    }

    private ProcessLaunch Launch(string script) => new(folder["a.pid"], folder["log"], folder.Path, "/bin/sh", ["-c", script]);

    private static int SessionOf(int pid) =>
        int.Parse(File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1].Split(' ')[3], CultureInfo.InvariantCulture);
}
