using System.Text.Json;
using Marathon.Reports;

namespace Marathon.Tests.Reports;

/// <summary>Reports as runs leave them: one that passed under a fault, one that found violations, one that never got to a cluster.</summary>
internal static class SampleReports
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    public static Report Pass { get; } = new()
    {
        RunId = "run-7h2k9",
        Scenario = "broker-failure",
        Verdict = "pass",
        Outcome = "finished",
        Reason = "All 599,412 acknowledged records were read, nothing was found, and every assertion held.",
        Seed = 42,
        StartedAt = Start,
        EndedAt = At(46.2),
        Cluster = new("kafka", "4.3.1", 3, "127.0.0.1:19092,127.0.0.1:19093,127.0.0.1:19094"),
        Protocol = new("first version: the client speaks no newer one", 11, 16),
        Config = new Dictionary<string, object?>
        {
            ["topic"] = "marathon-run-7h2k9", ["partitions"] = 12, ["replication"] = 3, ["ratePerSecond"] = "20000", ["recordSize"] = 1024,
            ["compressibility"] = 0.5, ["keys"] = 0, ["compression"] = "none", ["acks"] = "all", ["guarantee"] = "idempotent", ["producers"] = 1,
            ["consumers"] = 1, ["assignment"] = "assign", ["warmup"] = "3s", ["duration"] = "30s", ["slo.publishP99"] = null, ["topic.min.insync.replicas"] = "2",
        },
        Attempts = [new(1, Start, At(46.2), "finished", null)],
        Stages =
        [
            new(1, "prepare", At(0.1), At(6.4), "finished"), new(1, "warmup", At(6.4), At(9.4), "finished"),
            new(1, "workload", At(9.4), At(43.1), "finished"), new(1, "cleanup", At(43.1), At(46.1), "finished"),
        ],
        Workers =
        [
            new("w0", "load", 1, 4711, "127.0.0.1:40001", At(2), At(20), "killed", 2, 4.2, 120_120, 118_044),
            new("w0", "load", 2, 4790, "127.0.0.1:40007", At(22.5), At(44), "done", null, 7.1, 178_900, 181_200),
            new("w1", "load", 1, 4712, "127.0.0.1:40002", At(2), At(44), "done", null, 11.9, 300_392, 300_168),
        ],
        Records = new(600_000, 599_412, 12, 576, 599_412, 0, 0, 571, 1_204),
        Throughput = new(new(19_980.4, 20_459_929), new(19_975.2, 20_454_604)),
        Latency = new(new(3.21, 7.8, 41.2, 2_410, 3_912, "ms", 0), new(5.4, 11.2, 63.1, 2_470, 4_020, "ms", 0.8)),
        Assertions =
        [
            new("offered-load", "pass", "error", 0.9991, 0.95, "share of offered records"),
            new("recovery", "pass", "error", 4.2, 60, "s"),
            new("publish-p99", "skipped", "warning", null, 0.5, "s"),
        ],
        Faults = [new("kill", "broker 2", "leader", At(17.4), At(25.6), 4.2, 4.2)],
        Leadership =
        [
            new(At(18.1), "marathon-run-7h2k9", 0, 2, null, []), new(At(21.6), "marathon-run-7h2k9", 0, null, 3, [1, 3]), new(At(27), "marathon-run-7h2k9", 0, 3, 2, [1, 2, 3]),
        ],
        Series = SampleSeries(),
    };

    public static Report Violation { get; } = Pass with
    {
        RunId = "run-x81pa",
        Scenario = "tail-read",
        Verdict = "violation",
        Reason = "14 acknowledged records are lost (lost-acked-write), and 3 were written twice under the idempotent producer (duplicate).",
        Cluster = new("testbed", "0.1.0", 3, "127.0.0.1:29092,127.0.0.1:29093,127.0.0.1:29094"),
        Records = new(600_000, 599_412, 12, 576, 599_390, 8, 14, 571, 1_204),
        Anomalies =
        [
            new("lost-acked-write", 14, "critical", "violation", "acknowledged with acks=all: the record must be there", null,
            [
                Example("""{"partition":3,"offset":10492,"sequence":8811,"producer":"w0-p0","ackedAt":"2026-03-01T10:00:19.120Z","seenBy":null,"explanation":"a fresh consumer passed its place"}"""),
                Example("""{"partition":7,"offset":10011,"sequence":8402,"producer":"w1-p0","ackedAt":"2026-03-01T10:00:19.340Z","seenBy":null,"explanation":"the end of the log lies below it"}"""),
            ]),
            new("log-regression", 1, "critical", "violation", "the log's end fell below what was acknowledged", "lost-acked-write",
                [Example("""{"partition":7,"from":10012,"to":9981}""")]),
            new("duplicate", 3, "error", "violation", "guarantee=idempotent: a sequence is written once", null,
                [Example("""{"partition":0,"sequence":511,"offsets":[900,912],"producer":"w1-p0"}""")]),
            new("reorder", 2, "warning", "counted", "more than one request in flight without idempotence", null, []),
        ],
        Assertions =
        [
            new("offered-load", "pass", "error", 0.9991, 0.95, "share of offered records"), new("backlog-drained", "fail", "error", 8, 0, "records"),
        ],
        Lies = [new("lost-acked-write", "lost-acked-write:rate=0.0001", 14, 14), new("duplicate", "duplicate", 5, 3), new("corrupt", "corrupt", 0, 0)],
    };

    /// <summary>Failed in prepare: there is next to nothing.</summary>
    public static Report Empty { get; } = new()
    {
        RunId = "run-000aa",
        Scenario = "tail-read",
        Verdict = "harness-fault",
        Outcome = "failed",
        Reason = "No worker registered within 60 s.",
        Seed = 7,
        StartedAt = Start,
        EndedAt = At(61),
        Attempts = [new(1, Start, At(61), "failed", "No worker registered within 60 s.")],
        Stages = [new(1, "prepare", Start, At(60.5), "failed", "No worker registered within 60 s."), new(1, "cleanup", At(60.5), At(61), "finished")],
    };

    public static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    private static JsonElement Example(string json) => JsonDocument.Parse(json).RootElement;

    private static SeriesReport[] SampleSeries()
    {
        Random random = new(1);
        double[] seconds = [.. Enumerable.Range(7, 36).Select(i => (double)i)];
        return
        [
            new("produce-rate", "records/s", [.. seconds.Select(s => new[] { s, Dip(s) * 20_000 + random.Next(-400, 400) })]),
            new("consume-rate", "records/s", [.. seconds.Select(s => new[] { s, Dip(s - 0.4) * 20_000 + random.Next(-600, 600) })]),
            new("publish-p99", "ms", [.. seconds.Select(s => new[] { s, Dip(s) < 0.5 ? 2_000 + random.Next(800) : 6 + random.NextDouble() * 4 })]),
            new("end-to-end-p99", "ms", [.. seconds.Select(s => new[] { s, Dip(s) < 0.5 ? 2_300 + random.Next(800) : 9 + random.NextDouble() * 6 })]),
            new("lag", "records", [.. seconds.Select(s => new[] { s, Dip(s) < 0.5 ? 4_000 : 120 + random.Next(60) })]),
        ];

        static double Dip(double s) => s is > 17.4 and < 21.6 ? 0.12 : 1;
    }
}
