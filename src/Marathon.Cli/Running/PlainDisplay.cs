using System.Globalization;

namespace Marathon.Cli.Running;

/// <summary>Lines for logs and pipes: one at every change of state, and one every few seconds in between.</summary>
internal sealed class PlainDisplay(TextWriter writer, TimeProvider clock) : IRunDisplay
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);
    private string? state;
    private long written;

    /// <inheritdoc/>
    public void Show(RunProgress progress)
    {
        string now = $"{progress.Run.State}/{progress.Run.Stage}/{progress.Run.Faults?.Count}";
        if (now == state && clock.GetElapsedTime(written) < s_interval)
        {
            return;
        }

        (state, written) = (now, clock.GetTimestamp());
        writer.WriteLine(Format(progress));
    }

    /// <inheritdoc/>
    public void Note(string text) => writer.WriteLine(text);

    /// <summary>Nothing is held.</summary>
    public void Dispose()
    {
    }

    internal static string Format(RunProgress p)
    {
        string state = p.Run.Attempt > 1 ? $"{p.Run.State}, attempt {p.Run.Attempt}" : p.Run.State;
        string[] parts =
        [
            string.Create(CultureInfo.InvariantCulture, $"{p.Elapsed.TotalSeconds,5:0}s {state,-12}"),
            string.Create(CultureInfo.InvariantCulture, $"produce {p.ProducedPerSecond:N0}/s"),
            string.Create(CultureInfo.InvariantCulture, $"consume {p.ConsumedPerSecond:N0}/s"),
            string.Create(CultureInfo.InvariantCulture, $"acked {p.Counters.Acked:N0}"),
            string.Create(CultureInfo.InvariantCulture, $"lag {p.Lag:N0}"),
            $"publish p99 {ProgressText.Milliseconds(p.PublishP99)}",
            $"end to end p99 {ProgressText.Milliseconds(p.EndToEndP99)}",
            $"anomalies {ProgressText.Anomalies(p)}",
            $"workers {p.Living.Count()}",
            .. ProgressText.Faults(p) is { Length: > 0 } faults ? (string[])[$"faults {faults}"] : [],
            .. p.Run.Reason is { } reason ? (string[])[reason] : [],
        ];
        return string.Join("  ", parts);
    }
}
