using Marathon.Cli.Api;
using Marathon.Cli.Owner;
using Marathon.Cli.Processes;
using Marathon.Cli.Terminal;
using Marathon.EndToEnd.Tests.Fixture;
using Marathon.Runs;

namespace Marathon.EndToEnd.Tests;

public sealed class OwnerTests : IDisposable
{
    private static readonly string[] s_run = ["run", "tail-read", "--workers", "1", "--set", "warmup=0s", "--set", "ratePerSecond=200"];
    private readonly Sandbox sandbox = new();

    [Fact]
    public async Task Up_TakesRunsOfOthers_AnswersTheirCommands_AndRefusesASecondOwner()
    {
        using RunningCommand up = await sandbox.UpAsync();

        CommandResult second = (await sandbox.RunAsync("up", "--port", "0")).Exits(ExitCode.HarnessFault);
        Assert.Contains("is owned by a running controller", second.Error, StringComparison.Ordinal);

        using RunningCommand run = sandbox.Start([.. s_run, "--duration", "5m", "--json"]);
        string id = await run.RunIdAsync();
        await run.WaitForAsync(" loading");
        Assert.Contains(id, (await sandbox.RunAsync("list")).Exits(ExitCode.Pass).Out, StringComparison.Ordinal);
        Assert.Contains("loading", (await sandbox.RunAsync("status", id)).Exits(ExitCode.Pass).Out, StringComparison.Ordinal);
        (await sandbox.RunAsync("throughput", id, "300")).Exits(ExitCode.Pass);
        (await sandbox.RunAsync("resume", id)).Exits(ExitCode.BadInput);
        (await sandbox.RunAsync("pause", id)).Exits(ExitCode.Pass);
        await run.WaitForAsync(" paused");
        (await sandbox.RunAsync("resume", id)).Exits(ExitCode.Pass);
        Assert.Contains("no report", (await sandbox.RunAsync("report", id)).Exits(ExitCode.BadInput).Error, StringComparison.Ordinal);
        (await sandbox.RunAsync("interrupt", id, "--reason", "enough")).Exits(ExitCode.Pass);

        CommandResult ended = (await run.EndAsync()).Exits(ExitCode.Interrupted);
        Assert.Contains("enough", ended.Report.Reason, StringComparison.Ordinal);
        up.Send(Signal.Terminate);
        (await up.EndAsync()).Exits(ExitCode.Pass);

        // What has ended can be read without a controller.
        Assert.Contains("finished", (await sandbox.RunAsync("list")).Exits(ExitCode.Pass).Out, StringComparison.Ordinal);
        Assert.Equal(ended.Out, (await sandbox.RunAsync("report", id)).Exits(ExitCode.Pass).Out);
        Assert.Contains("<testsuite", (await sandbox.RunAsync("report", id, "--format", "junit")).Exits(ExitCode.Pass).Out, StringComparison.Ordinal);
        await sandbox.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task TwoRuns_OneFolder_TheSecondIsHandedToTheFirst_WhichStaysForIt()
    {
        using RunningCommand first = sandbox.Start([.. s_run, "--duration", "3s"]);
        await first.RunIdAsync();
        using RunningCommand second = sandbox.Start([.. s_run, "--duration", "10m"]);
        string id = await second.RunIdAsync();

        await first.WaitForAsync($"still the controller of {id}");
        second.Send(Signal.Interrupt);

        (await second.EndAsync()).Exits(ExitCode.Interrupted);
        (await first.EndAsync()).Exits(ExitCode.Pass);
        await sandbox.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task OwnerIsKilled_ItsGuestTakesOver()
    {
        using RunningCommand up = await sandbox.UpAsync();
        using RunningCommand run = sandbox.Start([.. s_run, "--duration", "6s"]);
        await run.WaitForAsync(" loading");

        up.Send(Signal.Kill);

        (await run.EndAsync()).Exits(ExitCode.Pass);
        await sandbox.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Up_Handover_GoesOnWithTheRunsOfTheFormerOwner_AndLeavesThemToTheNext()
    {
        using RunningCommand run = sandbox.Start([.. s_run, "--duration", "15s", "--json"]);
        await run.WaitForAsync(" loading");

        using RunningCommand up = await sandbox.UpAsync("--handover");
        IReadOnlyList<ProcessIdentity> workers = sandbox.Processes("Marathon.Worker");
        up.Send(Signal.Terminate);

        (await up.EndAsync()).Exits(ExitCode.Pass);
        Assert.Equal(workers, sandbox.Processes("Marathon.Worker"));
        CommandResult ended = (await run.EndAsync()).Exits(ExitCode.Pass);
        Assert.Single(ended.Report.Attempts);
        Assert.All(ended.Report.Workers, w => Assert.Equal(("done", 1), (w.End, w.Epoch)));
        await sandbox.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Up_IsToldToEnd_TakesNothingNew_AndLeavesNothingBehind()
    {
        using RunningCommand up = await sandbox.UpAsync();
        using RunningCommand run = sandbox.Start([.. s_run, "--duration", "10m", "--json"]);
        string id = await run.RunIdAsync();
        await run.WaitForAsync(" loading");
        ControllerFile file = (await ControllerFile.ReadAsync(sandbox.Data, default))!;
        using MarathonClient late = new(file.Url, file.OperatorKey);

        up.Send(Signal.Terminate);
        await up.WaitForAsync($"stopping: interrupting {id}");
        ApiProblemException refusal = await Assert.ThrowsAsync<ApiProblemException>(() => late.PostAsync("api/runs", new RunSpec { Scenario = "tail-read" }, default));

        Assert.Equal(503, refusal.Status);
        Assert.Contains("it takes no new work", refusal.Message, StringComparison.Ordinal);
        (await up.EndAsync()).Exits(ExitCode.Pass);
        CommandResult ended = (await run.EndAsync()).Exits(ExitCode.Interrupted);
        Assert.Contains("its controller was told to end", ended.Report.Reason, StringComparison.Ordinal);
        Assert.Equal(ended.Report.Records.Acked, ended.Report.Records.Received);
        Assert.Single(Directory.EnumerateDirectories(Path.Combine(sandbox.Data, "runs")));
        await sandbox.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Up_IsToldTwice_LeavesNow_AndSaysWhatIsLeft()
    {
        using RunningCommand up = await sandbox.UpAsync();
        using RunningCommand run = sandbox.Start([.. s_run, "--duration", "10m", "--json"]);
        await run.WaitForAsync(" loading");

        up.Send(Signal.Terminate);
        await up.WaitForAsync("once more leaves now");
        up.Send(Signal.Terminate);

        Assert.Contains("left behind: cluster (pid ", (await up.EndAsync()).Exits(ExitCode.Interrupted).Error, StringComparison.Ordinal);
        (await run.EndAsync()).Exits(ExitCode.Interrupted);
        await sandbox.AssertNothingIsLeftAsync();
    }

    public void Dispose() => sandbox.Dispose();
}
