using System.Text.Json;

namespace Marathon.Reports;

/// <summary>Everything of a report that has a time, in order.</summary>
public static class RunTimeline
{
    /// <summary>Attempts, stages, lives of workers, faults, changes of leaders, and examples of anomalies with the time at which they were seen.</summary>
    public static IReadOnlyList<TimelineEntry> Of(Report report) =>
    [
        .. Events(report).Where(each => each.At is not null).OrderBy(each => each.At)
            .Select(each => new TimelineEntry(each.At!.Value, Math.Round((each.At.Value - report.StartedAt).TotalSeconds, 3), each.What)),
    ];

    private static IEnumerable<(DateTimeOffset? At, string What)> Events(Report report)
    {
        foreach (var stage in report.Stages)
        {
            yield return (stage.StartedAt, $"stage {stage.Name} of attempt {stage.Attempt} begins");
            yield return (stage.EndedAt, $"stage {stage.Name} of attempt {stage.Attempt} ends: {stage.Outcome}");
        }

        foreach (var worker in report.Workers)
        {
            yield return (worker.StartedAt, $"worker {worker.Id}, life {worker.Epoch}, process {worker.Pid}, begins");
            yield return (worker.EndedAt, $"worker {worker.Id}, life {worker.Epoch}, ends: {worker.End}");
        }

        foreach (var fault in report.Faults)
        {
            yield return (fault.StartedAt, $"fault: {fault.Kind} of {fault.Target}, as {fault.Role}");
            yield return (fault.HealedAt, $"fault healed: {fault.Kind} of {fault.Target}");
        }

        foreach (var change in report.Leadership)
            yield return (change.At, change.ToString());

        foreach (var anomaly in report.Anomalies)
        {
            foreach (var example in anomaly.Examples.Where(each => each.ValueKind == JsonValueKind.Object))
            {
                if (example.TryGetProperty("seenAt", out var at) && at.ValueKind == JsonValueKind.String && at.TryGetDateTimeOffset(out var seenAt))
                    yield return (seenAt, $"{anomaly.Kind}: {(example.TryGetProperty("detail", out var detail) ? detail.GetString() : "")}");
            }
        }
    }
}
