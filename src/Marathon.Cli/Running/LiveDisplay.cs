using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Marathon.Cli.Running;

/// <summary>A panel on a terminal that is redrawn at every look.</summary>
internal sealed class LiveDisplay : IRunDisplay
{
    private readonly IAnsiConsole console;
    private readonly string title;
    private readonly TaskCompletionSource end = new();
    private readonly Lock gate = new();
    private LiveDisplayContext? context;
    private readonly Task drawing;

    public LiveDisplay(IAnsiConsole console, string title)
    {
        this.console = console;
        this.title = title;
        drawing = console.Live(new Text("")).AutoClear(true).StartAsync(async live =>
        {
            context = live;
            await end.Task;
        });
    }

    /// <inheritdoc/>
    public void Show(RunProgress progress)
    {
        lock (gate)
        {
            context?.UpdateTarget(Draw(progress));
        }
    }

    /// <inheritdoc/>
    public void Note(string text) => console.WriteLine(text);

    public void Dispose()
    {
        end.TrySetResult();
        drawing.GetAwaiter().GetResult();
    }

    private Panel Draw(RunProgress p)
    {
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        Row(grid, "state", $"{State(p.Run.State)} {Markup.Escape(p.Run.Stage is { } stage ? $"stage {stage}" : "")}{(p.Run.Attempt > 1 ? $" attempt {p.Run.Attempt}" : "")}  {Elapsed(p.Elapsed)}");
        Row(grid, "produce", Number($"{p.ProducedPerSecond:N0} records/s   acked {p.Counters.Acked:N0}   failed {p.Counters.Failed:N0}   indeterminate {p.Counters.Indeterminate:N0}"));
        Row(grid, "consume", Number($"{p.ConsumedPerSecond:N0} records/s   received {p.Counters.Received:N0}   lag {p.Lag:N0}"));
        Row(grid, "latency", $"publish p99 {ProgressText.Milliseconds(p.PublishP99)}   end to end p99 {ProgressText.Milliseconds(p.EndToEndP99)}");
        string anomalies = ProgressText.Anomalies(p);
        Row(grid, "anomalies", anomalies == "none" ? "[green]none[/]" : $"[red]{Markup.Escape(anomalies)}[/]");
        Row(grid, "faults", Markup.Escape(ProgressText.Faults(p) is { Length: > 0 } faults ? faults : "none"));
        Row(grid, "workers", Markup.Escape(string.Join("  ", p.Living.Select(w => $"{w.Id}{(w.Epoch > 1 ? $" (life {w.Epoch})" : "")} {w.Phase ?? "starting"}"))));
        if (p.Run.Reason is { } reason)
        {
            Row(grid, "reason", Markup.Escape(reason));
        }

        return new Panel(grid) { Header = new PanelHeader($" {Markup.Escape(title)} "), Border = BoxBorder.Rounded, Expand = true };
    }

    private static void Row(Grid grid, string label, string markup) => grid.AddRow((IRenderable)new Markup($"[grey]{label}[/]"), new Markup(markup));

    private static string Number(FormattableString text) => Markup.Escape(text.ToString(CultureInfo.InvariantCulture));

    private static string Elapsed(TimeSpan elapsed) => elapsed.ToString(elapsed.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);

    private static string State(string state) => state switch
    {
        "loading" => "[green]loading[/]",
        "interrupting" or "paused" => $"[yellow]{state}[/]",
        _ => $"[blue]{Markup.Escape(state)}[/]",
    };
}
