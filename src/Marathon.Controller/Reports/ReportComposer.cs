using System.Text.Json;
using Marathon.Configuration;
using Marathon.Controller.Evidence;
using Marathon.Controller.Measures;
using Marathon.Controller.Runs;
using Marathon.Controller.Workers;
using Marathon.Latency;
using Marathon.Reports;
using Marathon.Runs;
using Marathon.Scenarios;
using Marathon.Verification;
using Marathon.Workers;
using Microsoft.Extensions.Logging;

namespace Marathon.Controller.Reports;

/// <summary>Makes the report of a run of what is stored about it. There is always one: what cannot be known is said.</summary>
public sealed class ReportComposer(
    RunVerification verification, IHeartbeats heartbeats, ScenarioCatalog catalog, TimeProvider time, ILogger<ReportComposer> logger)
{
    /// <summary>Makes the report.</summary>
    public async Task<Report> ComposeAsync(RunRecord run, RunOutcome outcome, string? reason, CancellationToken cancellationToken)
    {
        (VerificationResult? joined, IReadOnlyList<WorkerEvidence> checkpoints, run) = await VerifyAsync(run, cancellationToken);
        VerificationResult result = joined ?? VerificationSum.Nothing;
        ScenarioDefinition scenario = catalog.Get(run.Spec.Scenario);
        WorkloadConfig config = scenario.Bind(run.Spec);
        IReadOnlyList<HeartbeatRow> rows = await heartbeats.ListAsync(run.RunId, cancellationToken);
        CounterRow[] counters = [.. rows.Select(r => r.ToCounters())];
        LieReport[] lies = [.. run.Spec.Lies.Select(lie => Lie(lie, run, result))];
        (Verdict verdict, string why) = VerdictOf.Decide(run, outcome, reason, joined, lies);
        return new Report
        {
            RunId = run.RunId,
            Scenario = run.Spec.Scenario,
            Verdict = EnumText.Name(verdict),
            Outcome = EnumText.Name(outcome),
            Reason = why,
            Seed = run.Spec.Seed ?? 0,
            StartedAt = run.CreatedAt,
            EndedAt = time.GetUtcNow(),
            Cluster = run.Cluster is { } cluster ? new(cluster.Kind, cluster.Version, cluster.Brokers, cluster.BootstrapServers) : null,
            Config = SecretProperties.Scrub(scenario.Schema.Describe(config), SecretProperties.LeftOut),
            Protocol = run.Protocol,
            Attempts = run.Attempts,
            Stages = run.Stages,
            Workers = [.. run.Workers.Select(life => Worker(life, config, rows, checkpoints))],
            Records = Records(result.Records),
            Throughput = new(Rate(run, counters, c => c.Acked, c => c.BytesAcked), Rate(run, counters, c => c.Received, c => c.BytesReceived)),
            Latency = new(Latency(run, checkpoints, e => e.PublishLatency, rows), Latency(run, checkpoints, e => e.EndToEndLatency, rows)),
            Anomalies = [.. result.Anomalies.Select(Anomaly)],
            Assertions = [.. run.Assertions.Select(a => new AssertionReport(
                a.Attempt < run.Attempt ? $"{a.Assertion.Name} (attempt {a.Attempt})" : a.Assertion.Name,
                a.Passed switch { true => "pass", false => "fail", null => "skipped" },
                EnumText.Name(a.Assertion.Severity),
                a.Observed,
                a.Assertion.Condition.Threshold,
                a.Assertion.Unit))],
            Faults = [.. run.Faults.Where(f => f.Trouble is null).Select(f => new FaultReport(
                EnumText.Name(f.Spec.Action), f.Target ?? $"broker {f.BrokerId}", EnumText.Name(f.Spec.Role), f.StartedAt, f.HealedAt, f.UnavailableForSeconds, f.RecoveredAfterSeconds))],
            Cost = Cost(run),
            Leadership = run.Leadership,
            Lies = lies,
            Series = await heartbeats.SeriesAsync(run.RunId, cancellationToken),
        };
    }

    // Evidence that cannot be read or joined must not cost the report: the verdict says that it is missing.
    private async Task<(VerificationResult?, IReadOnlyList<WorkerEvidence>, RunRecord)> VerifyAsync(RunRecord run, CancellationToken cancellationToken)
    {
        VerificationResult all = VerificationSum.Nothing;
        List<WorkerEvidence> checkpoints = [];
        try
        {
            foreach (AttemptReport attempt in run.Attempts)
            {
                checkpoints.AddRange(await verification.CheckpointsAsync(run, attempt.Number, cancellationToken));
                all = VerificationSum.Add(all, await verification.JoinAsync(run, attempt.Number, cancellationToken));
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            logger.VerificationFailed(run.RunId, error);
            return (null, checkpoints, run with { VerificationTrouble = $"the evidence could not be joined: {error.Message}" });
        }

        return (all, checkpoints, run);
    }

    private static RecordsReport Records(RecordCounts counts) => new(
        counts.Sent, counts.Acked, counts.Failed, counts.Indeterminate, counts.Received, counts.Unseen, counts.Lost, counts.IndeterminateSeen, counts.Rereads);

    private static AnomalyReport Anomaly(AnomalyFinding finding) => new(
        EnumText.Name(finding.Kind),
        finding.Count,
        EnumText.Name(finding.Severity),
        EnumText.Name(finding.Effect),
        finding.Why,
        finding.CausedBy is { } root ? EnumText.Name(root) : null,
        [.. finding.Examples.Select(e => JsonSerializer.SerializeToElement(e, ReportJson.Options))]);

    private static LieReport Lie(string asked, RunRecord run, VerificationResult result)
    {
        string kind = LieSpec.Parse(asked).Kind;
        return new LieReport(
            kind, asked, run.LiesTold(kind), result.Anomalies.Where(a => EnumText.Name(a.Kind) == kind).Sum(a => a.Count));
    }

    private static CostReport? Cost(RunRecord run) => run.Costs.Count == 0
        ? null
        : run.Costs.Values.Aggregate((sum, attempt) => sum.And(attempt)) is var cost
            ? new("USD", Round(cost.Dollars), cost.DollarsAtRegularPrice is { } regular ? Round(regular) : null, Math.Round(cost.MachineHours, 3), Math.Round(cost.HoursWithoutPrice, 3))
            : null;

    private static decimal Round(decimal dollars) => Math.Round(dollars, 4);

    private static RateReport Rate(RunRecord run, CounterRow[] now, Func<LoadCounters, long> records, Func<LoadCounters, long> bytes) =>
        run.Window is { } window
            ? new(WindowRates.PerSecond(window, now, records) ?? 0, WindowRates.PerSecond(window, now, bytes) ?? 0)
            : new(0, 0);

    private static PercentilesReport? Latency(
        RunRecord run, IReadOnlyList<WorkerEvidence> checkpoints, Func<WorkerEvidence, LatencySnapshot> of, IReadOnlyList<HeartbeatRow> rows)
    {
        // Like the rates, those of the last attempt.
        HashSet<(string, int)> lives = run.LivesOfAttempt();
        LatencyHistogram histogram = new();
        foreach (WorkerEvidence checkpoint in checkpoints.Where(e => lives.Contains((e.Worker, e.Epoch))))
        {
            histogram.Add(of(checkpoint));
        }

        LatencySummary summary = histogram.Summarise();
        return summary.Count == 0
            ? null
            : new(summary.P50 / 1e3, summary.P90 / 1e3, summary.P99 / 1e3, summary.P999 / 1e3, summary.Max / 1e3, "ms", ClockErrorBound(run, rows));
    }

    // Two hosts' clocks differ from the controller's by at most their bounds, so from each other by the two largest together.
    // Workers on loopback share one clock.
    private static double ClockErrorBound(RunRecord run, IReadOnlyList<HeartbeatRow> rows)
    {
        if (run.Workers.All(w => w.Node is null || w.Node.StartsWith("127.", StringComparison.Ordinal)))
        {
            return 0;
        }

        double[] bounds = [.. rows.Select(r => r.Heartbeat.Clock?.ErrorMilliseconds ?? 0).OrderDescending()];
        return Math.Round(bounds.Take(2).Sum(), 3);
    }

    private static WorkerReport Worker(
        LifeRecord life, WorkloadConfig config, IReadOnlyList<HeartbeatRow> rows, IReadOnlyList<WorkerEvidence> checkpoints)
    {
        WorkerEvidence? known = checkpoints.FirstOrDefault(e => e.Worker == life.Worker && e.Epoch == life.Epoch);
        Heartbeat? last = rows.FirstOrDefault(r => r.Worker == life.Worker && r.Heartbeat.Epoch == life.Epoch)?.Heartbeat;
        string role = (config.Producers, config.Consumers) switch { (0, _) => "consumer", (_, 0) => "producer", _ => "producer-consumer" };
        return new WorkerReport(
            life.Worker,
            role,
            life.Epoch,
            life.Pid,
            life.Node,
            life.StartedAt,
            life.EndedAt,
            EnumText.Name(life.End ?? WorkerEnd.Lost),
            life.ReplacedBy,
            last?.CpuSeconds ?? 0,
            Math.Max(last?.Counters.Acked ?? 0, known?.Producers.SelectMany(p => p.Partitions).Sum(p => p.Acknowledged.Count) ?? 0),
            Math.Max(last?.Counters.Received ?? 0, known?.Consumers.Sum(c => c.Received) ?? 0));
    }
}
