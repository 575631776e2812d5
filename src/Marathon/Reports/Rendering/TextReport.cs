using System.Text;

namespace Marathon.Reports.Rendering;

/// <summary>The summary that the command line prints at the end: plain text, no colour, no control characters.</summary>
public static class TextReport
{
    private const int LabelWidth = 13;

    /// <summary>Renders a report; lines end in <c>\n</c>, and so does the text.</summary>
    public static string Render(Report report)
    {
        StringBuilder text = new();
        RecordsReport r = report.Records;
        string outcome = report.Outcome == "finished" ? "" : $" ({report.Outcome})";
        Line(text, $"{report.Verdict.ToUpperInvariant()}{outcome}  {report.Scenario}  {report.RunId}  {Readable.Duration((report.EndedAt - report.StartedAt).TotalSeconds)}");
        Line(text, $"  {report.Reason}");
        text.Append('\n');
        Entry(text, "records", $"sent {Readable.Count(r.Sent)} = acked {Readable.Count(r.Acked)} + failed {Readable.Count(r.Failed)} + indeterminate {Readable.Count(r.Indeterminate)}");
        Entry(text, "", $"acked {Readable.Count(r.Acked)} = received {Readable.Count(r.Received)} + unseen {Readable.Count(r.Unseen)} + lost {Readable.Count(r.Lost)}");
        Entries(text, "throughput", Throughput(report.Throughput));
        Entries(text, "latency", Latency("publish", report.Latency.Publish).Concat(Latency("end to end", report.Latency.EndToEnd)));
        Entries(text, "anomalies", AnomalyTree.Of(report.Anomalies).SelectMany(t => Anomaly(t, depth: 0)).DefaultIfEmpty("none"));
        Entries(text, "assertions", report.Assertions.Select(Assertion));
        Entries(text, "lies", report.Lies.Select(l => $"{LieResult.Of(l)}: {l.Asked}, committed {Readable.Count(l.Committed)}, detected {Readable.Count(l.Detected)}"));
        Entries(text, "faults", report.Faults.Select(f => Fault(f, report.StartedAt)));
        Entries(text, "leaders", Leaders(report));
        Entries(text, "workers", report.Workers.Where(w => w.End is "killed" or "lost").Select(Worker));
        Entries(text, "cost", Cost(report.Cost));
        Entry(text, "cluster", report.Cluster is { } c ? $"{c.Kind} {c.Version}, brokers {c.Brokers}, {c.BootstrapServers}" : "never reached");
        Entry(text, "seed", $"{report.Seed}");
        return text.ToString();
    }

    private static IEnumerable<string> Throughput(ThroughputReport t) => t is { Produce.RecordsPerSecond: 0, Consume.RecordsPerSecond: 0 }
        ? []
        : [$"produce {Rate(t.Produce)}, consume {Rate(t.Consume)}"];

    private static string Rate(RateReport rate) => $"{Readable.Number(rate.RecordsPerSecond)} records/s ({Readable.Bytes(rate.BytesPerSecond)}/s)";

    private static IEnumerable<string> Latency(string name, PercentilesReport? p) => p is null
        ? []
        : [$"{name,-10}  p50 {Readable.Number(p.P50)}, p90 {Readable.Number(p.P90)}, p99 {Readable.Number(p.P99)}, p99.9 {Readable.Number(p.P999)}, max {Readable.Number(p.Max)} {p.Unit}"
            + (p.ClockErrorBound > 0 ? $", clock error at most {Readable.Number(p.ClockErrorBound)} {p.Unit}" : "")];

    private static IEnumerable<string> Anomaly(AnomalyTree tree, int depth) =>
    [
        $"{new string(' ', 2 * depth)}{(depth > 0 ? "└ " : "")}{tree.Anomaly.Kind} × {Readable.Count(tree.Anomaly.Count)} ({tree.Anomaly.Severity}, {tree.Anomaly.Policy}): {tree.Anomaly.Why}",
        .. tree.Consequences.SelectMany(c => Anomaly(c, depth + 1)),
    ];

    private static string Assertion(AssertionReport a) =>
        $"{a.Verdict}: {a.Name}, observed {(a.Observed is { } value ? Readable.Number(value) : Readable.Absent)}, threshold {Readable.Number(a.Threshold)} {a.Unit}";

    private static string Fault(FaultReport f, DateTimeOffset start) =>
        $"{f.Kind} of {f.Target} ({f.Role}) at +{Readable.Duration((f.StartedAt - start).TotalSeconds)}, "
        + (f.HealedAt is { } healed ? $"healed after {Readable.Duration((healed - f.StartedAt).TotalSeconds)}" : "not healed")
        + (f.RecoveredAfterSeconds is { } recovered ? $", recovered after {Readable.Duration(recovered)}" : "");

    private static IEnumerable<string> Leaders(Report report) => report.Leadership.Count == 0
        ? []
        : [$"{report.Leadership.Count} changes, the first at +{Readable.Duration((report.Leadership[0].At - report.StartedAt).TotalSeconds)}: {report.Leadership[0]}"];

    private static IEnumerable<string> Cost(CostReport? cost) => cost is null
        ? []
        : [$"{Readable.Money(cost.Total, cost.Currency)} for {Readable.Number(cost.MachineHours)} machine hours"
            + (cost.TotalAtRegularPrice is { } regular ? $", {Readable.Money(regular, cost.Currency)} at the regular price" : "")
            + (cost.MachineHoursWithoutPrice > 0 ? $"; the price of {Readable.Number(cost.MachineHoursWithoutPrice)} hours is not known" : "")];

    private static string Worker(WorkerReport w) =>
        $"{w.Id} life {w.Epoch} was {w.End}" + (w.ReplacedBy is { } by ? $"; life {by} took over" : "");

    private static void Entries(StringBuilder text, string label, IEnumerable<string> entries)
    {
        foreach (string entry in entries)
        {
            Entry(text, label, entry);
            label = "";
        }
    }

    private static void Entry(StringBuilder text, string label, string entry) => Line(text, label.PadRight(LabelWidth) + entry);

    private static void Line(StringBuilder text, string line) => text.Append(SafeText.Line(line).TrimEnd()).Append('\n');
}
