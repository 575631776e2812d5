using Marathon.Reports.Rendering.Charts;

namespace Marathon.Reports.Rendering.Html;

/// <summary>Which partitions changed their leaders, and which fault was in force then.</summary>
internal static class LeadershipSection
{
    // More rows than this say nothing any more; report.json has them all.
    private const int MostRows = 200;

    public static Section Of(Report report, TimeAxis axis) => new("leadership", "Leadership", report.Leadership.Count, Body(report, axis));

    private static Markup Body(Report report, TimeAxis axis) => report.Leadership.Count == 0
        ? Markup.Empty
        : Markup.Of($"{Changes(report, axis)}{(report.Leadership.Count > MostRows ? Markup.Of($"<p class=\"note\">The first {MostRows} of {report.Leadership.Count} changes are shown; report.json has all.</p>") : Markup.Empty)}");

    private static Markup Changes(Report report, TimeAxis axis) => Table.Render(
        "Changes of partitions' leaders, as they were seen by asking about every second",
        ["#Seen at", "Topic", "#Partition", "Leader before", "Leader", "In sync", "Faults in force"],
        report.Leadership.Take(MostRows).Select(c => (IReadOnlyList<Markup>)
        [
            Table.Text("+" + Readable.Duration(axis.Seconds(c.At))), Table.Text(c.Topic), Markup.Of($"{c.Partition}"), Table.Text(Broker(c.From)),
            c.To is null ? Chip.Of("none") : Table.Text(Broker(c.To)), Table.Text(string.Join(", ", c.InSync)), Table.Text(Faults(report, c.At)),
        ]));

    private static string Broker(int? id) => id is { } broker ? $"broker {broker}" : "none";

    private static string Faults(Report report, DateTimeOffset at) => string.Join(", ", report.Faults
        .Select((fault, i) => (Fault: fault, Name: ChartBackground.FaultName(i)))
        .Where(f => f.Fault.StartedAt <= at && !(f.Fault.HealedAt < at))
        .Select(f => f.Name));
}
