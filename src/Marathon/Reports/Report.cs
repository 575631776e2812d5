namespace Marathon.Reports;

/// <summary>
/// The report of a run, schema <c>marathon.report/1</c>. Durations are seconds in fields that end in <c>Seconds</c>,
/// times RFC 3339 UTC, rates per second, sizes bytes.
/// </summary>
public sealed record Report
{
    /// <summary>The schema's name and version.</summary>
    public string Schema { get; init; } = "marathon.report/1";

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>Its scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>pass, violation, slo-miss, indeterminate or harness-fault.</summary>
    public required string Verdict { get; init; }

    /// <summary>finished, interrupted or failed.</summary>
    public required string Outcome { get; init; }

    /// <summary>Why the verdict is what it is, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>Seed of everything random in the run.</summary>
    public required long Seed { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The system under test; null when it was never reached.</summary>
    public ClusterReport? Cluster { get; init; }

    /// <summary>Every key of the configuration with its value in force.</summary>
    public IReadOnlyDictionary<string, object?> Config { get; init; } = new Dictionary<string, object?>();

    /// <summary>Protocol in force.</summary>
    public ProtocolReport? Protocol { get; init; }

    /// <summary>Attempts, in order.</summary>
    public IReadOnlyList<AttemptReport> Attempts { get; init; } = [];

    /// <summary>Stages, in order.</summary>
    public IReadOnlyList<StageReport> Stages { get; init; } = [];

    /// <summary>Every life of every worker.</summary>
    public IReadOnlyList<WorkerReport> Workers { get; init; } = [];

    /// <summary>Counts over every record, warm-up included.</summary>
    public RecordsReport Records { get; init; } = new();

    /// <summary>Rates over the workload stage.</summary>
    public ThroughputReport Throughput { get; init; } = new(new(0, 0), new(0, 0));

    /// <summary>Latencies over the workload stage.</summary>
    public LatencyReport Latency { get; init; } = new(null, null);

    /// <summary>What was found, roots first.</summary>
    public IReadOnlyList<AnomalyReport> Anomalies { get; init; } = [];

    /// <summary>What was asserted.</summary>
    public IReadOnlyList<AssertionReport> Assertions { get; init; } = [];

    /// <summary>What was broken on purpose.</summary>
    public IReadOnlyList<FaultReport> Faults { get; init; } = [];

    /// <summary>What the run's machines cost; null where they cost nothing, or nobody knows.</summary>
    public CostReport? Cost { get; init; }

    /// <summary>Which partitions changed their leaders, in the order of time.</summary>
    public IReadOnlyList<LeadershipReport> Leadership { get; init; } = [];

    /// <summary>What the testbed was asked to lie about.</summary>
    public IReadOnlyList<LieReport> Lies { get; init; } = [];

    /// <summary>Measures over time.</summary>
    public IReadOnlyList<SeriesReport> Series { get; init; } = [];
}
