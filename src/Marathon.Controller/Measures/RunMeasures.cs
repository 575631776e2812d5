using Marathon.Controller.Evidence;
using Marathon.Controller.Load;
using Marathon.Controller.Runs;
using Marathon.Controller.Topics;
using Marathon.Controller.Workers;
using Marathon.Faults;
using Marathon.Latency;
using Marathon.Scenarios;
using Marathon.Scenarios.Toolkit;
using Marathon.Verification;
using Marathon.Workers;
using Marathon.Workers.Load;

namespace Marathon.Controller.Measures;

/// <summary>Answers what can be asked about a run while it goes on.</summary>
public sealed class RunMeasures(
    IHeartbeats heartbeats, IEvidenceStore evidence, IClusterAdmin admin, ClusterAccess clusters, ScenarioCatalog catalog, TimeProvider time)
{
    /// <summary>Observes one measure.</summary>
    /// <param name="run">The run.</param>
    /// <param name="measure">What to look at.</param>
    /// <param name="livingOnly">Of a backlog only what living workers are to read.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Observation> ObserveAsync(RunRecord run, Measure measure, bool livingOnly, CancellationToken cancellationToken) => measure switch
    {
        Measure.OfferedLoadShare => new(await OfferedLoadShareAsync(run, cancellationToken)),
        Measure.AckedPerSecond => new(run.Window is { } window ? WindowRates.PerSecond(window, await CountersAsync(run, cancellationToken), c => c.Acked) : null),
        Measure.PublishP99Seconds => new(await P99SecondsAsync(run, e => e.PublishLatency, cancellationToken)),
        Measure.EndToEndP99Seconds => new(await P99SecondsAsync(run, e => e.EndToEndLatency, cancellationToken)),
        Measure.BacklogRecords => await BacklogAsync(run, livingOnly, cancellationToken),
        Measure.BacklogBytes => InBytes(run, await BacklogAsync(run, livingOnly, cancellationToken)),
        Measure.RecoverySeconds => new(RecoverySeconds(run)),
        Measure.InSyncReplicas => new(run.Topic is { } topic
            ? await admin.InSyncReplicasAsync(await clusters.OpenAsync(run, cancellationToken), topic.Name, 0, cancellationToken)
            : null),
        Measure.UnsettledWorkers => new(FleetScaling.Unsettled(run)),
        Measure.UnderReplicatedPartitions => new(run.Topic is { } replicated
            ? await admin.UnderReplicatedPartitionsAsync(await clusters.OpenAsync(run, cancellationToken), replicated.Name, cancellationToken)
            : null),
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "no such measure"),
    };

    private Observation InBytes(RunRecord run, Observation backlog) => backlog with { Value = backlog.Value * Config(run).RecordSizeBytes };

    private WorkloadConfig Config(RunRecord run) => catalog.Get(run.Spec.Scenario).Bind(run.Spec);

    private async Task<IReadOnlyList<CounterRow>> CountersAsync(RunRecord run, CancellationToken cancellationToken) =>
        [.. (await heartbeats.ListAsync(run.RunId, cancellationToken)).Select(r => r.ToCounters())];

    private async Task<double?> OfferedLoadShareAsync(RunRecord run, CancellationToken cancellationToken)
    {
        if (run.Window is not { } window)
        {
            return null;
        }

        IReadOnlyList<CounterRow> now = await CountersAsync(run, cancellationToken);
        long scheduled = WindowRates.Growth(window, now, c => c.Scheduled);
        return scheduled > 0 ? (double)WindowRates.Growth(window, now, c => c.Acked) / scheduled : null;
    }

    private async Task<double?> P99SecondsAsync(RunRecord run, Func<WorkerEvidence, LatencySnapshot> of, CancellationToken cancellationToken)
    {
        HashSet<(string, int)> lives = run.LivesOfAttempt();
        LatencyHistogram histogram = new();
        foreach (StoredEvidence checkpoint in (await evidence.ListAsync(run.RunId, cancellationToken)).Where(e => lives.Contains((e.Worker, e.Epoch))))
        {
            histogram.Add(of(EvidenceJson.Read(checkpoint.Content.Span)));
        }

        return histogram.Count > 0 ? histogram.Percentile(0.99) / 1e6 : null;
    }

    private async Task<Observation> BacklogAsync(RunRecord run, bool livingOnly, CancellationToken cancellationToken)
    {
        Observation[] all = await Task.WhenAll(run.CurrentTopics().Select(topic => BacklogAsync(run, topic, livingOnly, cancellationToken)));
        return new(all.Sum(each => each.Value ?? 0), all.Sum(each => each.Mark));
    }

    private async Task<Observation> BacklogAsync(RunRecord run, TopicRecord topic, bool livingOnly, CancellationToken cancellationToken)
    {
        WorkloadConfig config = Config(run);
        IReadOnlyList<long> ends = await admin.EndOffsetsAsync(await clusters.OpenAsync(run, cancellationToken), topic.Name, topic.Partitions, cancellationToken);
        long[] positions = [.. topic.StartOffsets];
        foreach (PartitionPosition position in (await heartbeats.ListAsync(run.RunId, cancellationToken)).SelectMany(r => r.Heartbeat.Positions))
        {
            if (position.Topic == topic.Name && position.Partition >= 0 && position.Partition < positions.Length)
            {
                positions[position.Partition] = Math.Max(positions[position.Partition], position.NextOffset);
            }
        }

        IEnumerable<int> counted = !livingOnly ? Enumerable.Range(0, topic.Partitions)
            : config.Pipelines > 0 && topic == run.Topic ? (run.Living().Any() ? Enumerable.Range(0, topic.Partitions) : [])
            : config.Consumers == 0 ? []
            : config.Assignment == Assignment.Subscribe ? (run.Living().Any() ? Enumerable.Range(0, topic.Partitions) : [])
            : run.Living().SelectMany(life => LoadPlanner.PartitionsOf(run, config, topic, life.Index));
        return new(counted.Sum(p => Math.Max(0, ends[p] - positions[p])), ends.Sum());
    }

    // A fault that has not been recovered from yet has taken at least until now.
    private double? RecoverySeconds(RunRecord run) => run.Faults.LastOrDefault(f => f.Spec.Role != FaultRole.Worker) is { } last
        ? run.Faults.Max(f => f.RecoveredAfterSeconds) ?? (time.GetUtcNow() - last.StartedAt).TotalSeconds
        : null;
}
