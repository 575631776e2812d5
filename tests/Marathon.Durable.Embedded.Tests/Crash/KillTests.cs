using System.Diagnostics;

namespace Marathon.Durable.Embedded.Tests.Crash;

/// <summary>A process is killed, again and again, with SIGKILL; what it was doing comes to its end all the same.</summary>
public sealed class KillTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly string _folder = Directory.CreateTempSubdirectory("marathon-kill-").FullName;

    [Fact]
    public async Task Kill_AtAnyMoment_LosesNothingThatWasAcknowledgedOrCommitted()
    {
        const int Kills = 6;
        int seed = Environment.TickCount;
        Random random = new(seed);
        for (int kill = 1; kill <= Kills; kill++)
        {
            using Process engine = Start();
            int goal = Progress() + random.Next(1, 60);
            await UntilAsync(() => Progress() >= goal || engine.HasExited, engine);
            engine.Kill();
            await engine.WaitForExitAsync();
        }

        using (Process engine = Start())
        {
            using CancellationTokenSource deadline = new(s_patience);
            await engine.WaitForExitAsync(deadline.Token);
            Assert.True(engine.ExitCode == 0, $"seed {seed}: exit code {engine.ExitCode}: {await engine.StandardError.ReadToEndAsync()}");
        }

        await AssertCompleteAsync(seed);
    }

    [Fact]
    public async Task Start_WhileAnotherProcessOwnsTheDatabase_NamesIt()
    {
        using Process owner = Start("owner");
        await UntilAsync(() => Progress() > 0, owner);
        await using EmbeddedDurableHost second = Host();
        DurableStoreInUseException refusal = await Assert.ThrowsAsync<DurableStoreInUseException>(() => second.StartAsync());
        Assert.Equal(owner.Id, refusal.OwnerProcessId);
        owner.Kill();
        await owner.WaitForExitAsync();
        await second.StartAsync();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task AssertCompleteAsync(int seed)
    {
        await using EmbeddedDurableHost host = Host();
        await host.StartAsync();
        foreach ((_, string id) in ChildEngine.Instances())
            Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.Client.GetInstanceAsync(id))!.RuntimeStatus);
        Assert.Equal(ChildEngine.Steps, (await host.Client.GetInstanceAsync("ledger0", true))!.ReadOutputAs<int>());

        // Activities ran at least once each: every ledger has noted every step.
        foreach (IGrouping<int, int> step in ChildEngine.ReadNumbers(_folder, "steps").GroupBy(step => step))
            Assert.True(step.Count() >= ChildEngine.Ledgers, $"seed {seed}: step {step.Key} was noted {step.Count()} times");

        // Events were received in order, each that was acknowledged; one whose acknowledgement was lost may be there twice.
        List<int> received = (await host.Client.GetInstanceAsync("collector", true))!.ReadOutputAs<List<int>>()!;
        Assert.Equal(Enumerable.Range(0, ChildEngine.Events).Append(-1), received.Distinct());
        Assert.Equal(received[..^1].Order(), received[..^1]);
    }

    private EmbeddedDurableHost Host() => new(new EmbeddedDurableOptions
    {
        Registry = ChildEngine.Registry(), DatabasePath = Path.Combine(_folder, "marathon.db"),
    });

    private int Progress() => ChildEngine.ReadNumbers(_folder, "steps").Count + ChildEngine.ReadNumbers(_folder, "acknowledged").Count;

    private Process Start(string role = "engine") => Process.Start(new ProcessStartInfo("dotnet", [typeof(KillTests).Assembly.Location, role, _folder])
    {
        RedirectStandardError = true,
    })!;

    private static async Task UntilAsync(Func<bool> condition, Process engine)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (engine.HasExited)
                Assert.Fail($"the engine ended with exit code {engine.ExitCode}: {await engine.StandardError.ReadToEndAsync()}");
            Assert.True(TimeProvider.System.GetElapsedTime(started) < s_patience, "the engine made no progress");
            await Task.Delay(1);
        }
    }
}
