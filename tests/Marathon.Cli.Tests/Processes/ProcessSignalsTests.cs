using Marathon.Cli.Processes;

namespace Marathon.Cli.Tests.Processes;

public sealed class ProcessSignalsTests : IDisposable
{
    private readonly TestFolder folder = new();
    private ProcessIdentity process = new(int.MaxValue, "never");

    [Fact]
    public async Task Send_ToAnotherLifeOfTheSamePid_DoesNothing()
    {
        await StartAsync("sleep 60");
        ProcessIdentity reused = process with { Start = process.Start + "1" };

        Assert.False(reused.Send(Signal.Kill));
        await reused.TerminateAsync(TimeSpan.Zero, default);

        Assert.True(process.IsAlive);
        Assert.False(reused.IsAlive);
    }

    [Fact]
    public async Task Send_ToNobody_IsFalse() => Assert.False(new ProcessIdentity(int.MaxValue, "x").Send(Signal.Kill));

    [Fact]
    public async Task TerminateAsync_WillNotEnd_IsKilled()
    {
        await StartAsync($"trap '' TERM; echo up >{folder["up"]}; while :; do sleep 1; done");

        await process.TerminateAsync(TimeSpan.FromMilliseconds(100), default);

        Assert.False(process.IsAlive);
    }

    [Fact]
    public async Task TerminateAsync_Stopped_IsWokenAndEndsInOrder()
    {
        await StartAsync($"trap 'echo done >{folder["done"]}; exit 0' TERM; echo up >{folder["up"]}; while :; do sleep 0.05; done");
        process.Send(Signal.Stop);
        await Eventually.HoldsAsync(() => ProcStat.TryRead(process.Pid) is { IsStopped: true }, "it is stopped");

        await process.TerminateAsync(TimeSpan.FromSeconds(60), default);

        Assert.False(process.IsAlive);
        Assert.True(File.Exists(folder["done"]));
    }

    public void Dispose()
    {
        process.Send(Signal.Kill);
        folder.Dispose();
    }

    private async Task StartAsync(string script)
    {
        process = await DetachedProcess.StartAsync(new ProcessLaunch(folder["a.pid"], folder["log"], folder.Path, "/bin/sh", ["-c", script]), default);
        if (script.Contains(folder["up"], StringComparison.Ordinal))
        {
            await Eventually.HoldsAsync(() => File.Exists(folder["up"]), "its trap is set");
        }
    }
}
