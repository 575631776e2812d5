using System.Text;
using System.Text.Json;
using Marathon.Cli.Owner;
using Marathon.Cli.Specs;
using Marathon.Cli.Storage;
using Marathon.Cli.Terminal;
using Marathon.Configuration;
using Marathon.Controller.Http;
using Marathon.Controller.Storage;
using Marathon.Reports;

namespace Marathon.Cli.Running;

/// <summary>Carries out <c>marathon run</c>: finds or becomes the controller, starts the runs one after the other, watches, reports.</summary>
internal sealed class RunSession(RunOrder order, OwnerOptions owner, CommandConsole console, Interrupts interrupts)
{
    private readonly List<byte[]> reports = [];
    private string? current;

    /// <summary>The exit code.</summary>
    public async Task<ExitCode> RunAsync()
    {
        try
        {
            await using ControllerLink link = await ControllerLink.OpenAsync(owner, interrupts.First);
            ExitCode code = order.Attach is { } attached ? await AttachAsync(link, attached) : await StartAllAsync(link);
            await WriteJsonAsync();
            await WaitForOthersAsync(link);
            return code;
        }
        catch (OperationCanceledException) when (interrupts.First.IsCancellationRequested)
        {
            await TellWhatIsLeftAsync();
            return ExitCode.Interrupted;
        }
    }

    private async Task<ExitCode> StartAllAsync(ControllerLink link)
    {
        List<ExitCode> codes = [];
        foreach (SpecEntry entry in order.Entries)
        {
            if (!interrupts.First.IsCancellationRequested)
            {
                codes.Add(await StartAsync(link, entry));
            }
        }

        return Verdicts.Worst(codes);
    }

    private async Task<ExitCode> StartAsync(ControllerLink link, SpecEntry entry)
    {
        string runId;
        try
        {
            runId = await link.CallAsync(c => c.StartAsync(entry.Spec, interrupts.Second), interrupts.Second);
        }
        catch (SpecException e)
        {
            throw entry.Locate(e);
        }

        await console.Error.WriteLineAsync($"run {runId}");
        foreach (string note in order.Notes)
        {
            await console.Error.WriteLineAsync(note);
        }

        return await FollowAsync(link, runId) ?? throw new InvalidDataException($"the controller does not know run {runId}, which it has just started");
    }

    private async Task<ExitCode> AttachAsync(ControllerLink link, string runId)
    {
        if (await link.CallAsync(c => c.FindAsync(runId, interrupts.Second), interrupts.Second) is not null)
        {
            await console.Error.WriteLineAsync($"run {runId}");
        }

        return await FollowAsync(link, runId)
            ?? throw new SpecException("--attach", $"there is no run '{runId}' in {owner.Data}", "marathon list shows those that there are");
    }

    // Null when there is no such run.
    private async Task<ExitCode?> FollowAsync(ControllerLink link, string runId)
    {
        current = runId;
        RunSummary? run;
        using (IRunDisplay display = Displays.Create(console, runId))
        {
            run = await new RunWatch(link, interrupts, TimeProvider.System).UntilFinishedAsync(runId, display);
        }

        return run is null ? null : await ReportAsync(link, run);
    }

    private async Task<ExitCode> ReportAsync(ControllerLink link, RunSummary run)
    {
        byte[]? json = await link.CallAsync(c => c.FindReportAsync(run.Id, "json", interrupts.Second), interrupts.Second);
        if (json is null)
        {
            await console.Error.WriteLineAsync($"marathon: run {run.Id} ended without a report: {run.Reason}");
            return Verdicts.ExitCodeOf(run);
        }

        Report report = JsonSerializer.Deserialize<Report>(json, ReportJson.Options)!;
        reports.Add(json);
        string folder = new DataFolder(owner.Data).Report(run.Id);
        if (order.Report is { } asked)
        {
            ReportFolder target = order.IsSeveral ? asked.Below(run.Id) : asked;
            string? spec = report.Verdict == "violation" ? new DataFolder(owner.Data).Spec(run.Id) : null;
            await link.CallAsync(
                async c =>
                {
                    await target.WriteAsync(c, run.Id, spec, interrupts.Second);
                    return true;
                },
                interrupts.Second);
            folder = target.Path;
        }

        TextWriter summary = order.Json ? console.Error : console.Out;
        await summary.WriteLineAsync();
        await summary.WriteAsync(ReportSummary.Render(report, folder));
        return Verdicts.ExitCodeOf(report);
    }

    private async Task WriteJsonAsync()
    {
        if (order.Json && reports.Count > 0)
        {
            string[] texts = [.. reports.Select(Encoding.UTF8.GetString)];
            await console.Out.WriteLineAsync(order.IsSeveral ? $"[{string.Join(",\n", texts)}]" : texts[0]);
            await console.Out.FlushAsync();
        }
    }

    // Other commands may have handed their runs to us: they need the controller until those are over.
    private async Task WaitForOthersAsync(ControllerLink link)
    {
        bool told = false;
        while (link.IsOwner && !interrupts.First.IsCancellationRequested)
        {
            IReadOnlyList<RunSummary> runs = await link.CallAsync(c => c.ListAsync(interrupts.First), interrupts.First);
            string[] others = [.. runs.Where(r => r.State != "finished").Select(r => r.Id)];
            if (others.Length == 0)
            {
                return;
            }

            if (!told)
            {
                await console.Error.WriteLineAsync($"still the controller of {string.Join(", ", others)}: staying until they end; Ctrl-C leaves them to the next controller of {owner.Data}");
                told = true;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), interrupts.First).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TellWhatIsLeftAsync()
    {
        IReadOnlyList<string> left = current is null ? [] : LeftBehind.Of(new RunFolder(owner.Data, current));
        if (left.Count > 0)
        {
            await console.Error.WriteLineAsync(LeftBehind.Describe(left, owner.Lease, $"marathon run --attach {current} --data {owner.Data}"));
        }
        else if (current is not null)
        {
            await console.Error.WriteLineAsync($"nothing is left running; to go on: marathon run --attach {current} --data {owner.Data}");
        }
    }
}
