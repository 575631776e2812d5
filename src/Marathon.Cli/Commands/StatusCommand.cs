using System.CommandLine;
using System.Globalization;
using Marathon.Cli.Api;
using Marathon.Cli.Running;
using Marathon.Cli.Terminal;
using Marathon.Configuration;
using Marathon.Controller.Http;
using Marathon.Scenarios.Toolkit;

namespace Marathon.Cli.Commands;

/// <summary><c>marathon status RUN</c>.</summary>
internal static class StatusCommand
{
    public static Command Create(CommandConsole console)
    {
        Argument<string> run = SharedOptions.Run();
        Option<string> data = SharedOptions.Data();
        Option<Uri?> controller = SharedOptions.Controller();
        Command command = new("status", "Show how a run is") { run, data, controller };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using IRunDirectory runs = await ControllerAddress.OpenDirectoryAsync(parsed.GetValue(controller), parsed.GetRequiredValue(data), cancellationToken);
            string id = parsed.GetRequiredValue(run);
            RunSummary found = await runs.FindAsync(id, cancellationToken) ?? throw NoSuchRun(id);
            await Columns.WriteAsync(console.Out, [.. Rows(found)]);
            return (int)ExitCode.Pass;
        });
        return command;
    }

    /// <summary>For every command that takes a run.</summary>
    public static SpecException NoSuchRun(string id) => new("run", $"there is no run '{id}'", "marathon list shows those that there are");

    private static IEnumerable<string[]> Rows(RunSummary run)
    {
        RunProgress progress = new(run, TimeSpan.Zero, 0, 0);
        yield return ["run", run.Id];
        yield return ["scenario", run.Scenario];
        yield return ["state", run.State == DataFolderRuns.Unfinished ? $"unfinished, no controller lives; to go on: marathon run --attach {run.Id}" : run.State];
        yield return ["stage", run.Stage is { } stage ? $"{stage}, attempt {run.Attempt}" : "-"];
        yield return ["started", run.StartedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)];
        if (run.Verdict is { } verdict)
        {
            yield return ["verdict", $"{verdict} ({run.Outcome})"];
        }

        if (run.Reason is { } reason)
        {
            yield return ["reason", reason];
        }

        if (run.Counters is { } counters)
        {
            yield return ["records", string.Create(CultureInfo.InvariantCulture, $"acked {counters.Acked:N0}, failed {counters.Failed:N0}, indeterminate {counters.Indeterminate:N0}, received {counters.Received:N0}, lag {progress.Lag:N0}")];
            yield return ["anomalies", ProgressText.Anomalies(progress)];
        }

        foreach (WorkerSummary worker in run.Workers ?? [])
        {
            yield return ["worker", $"{worker.Id} life {worker.Epoch}, pid {worker.Pid?.ToString(CultureInfo.InvariantCulture) ?? "-"}, {worker.Node ?? "not registered"}: {worker.End ?? worker.Phase ?? "starting"}"];
        }

        if (ProgressText.Faults(progress) is { Length: > 0 } faults)
        {
            yield return ["faults", faults];
        }

        foreach (AssertionResult assertion in run.Assertions ?? [])
        {
            string result = assertion.Passed switch { true => "pass", false => "fail", null => "skipped" };
            yield return ["assertion", string.Create(CultureInfo.InvariantCulture, $"{result}: {assertion.Assertion.Name}, observed {assertion.Observed?.ToString("0.###", CultureInfo.InvariantCulture) ?? "-"}, threshold {assertion.Assertion.Condition.Threshold:0.###} {assertion.Assertion.Unit}")];
        }
    }
}
