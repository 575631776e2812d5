using System.Text.Json;

namespace Marathon.Runs;

/// <summary>
/// What a run is asked to be: body of <c>POST /api/runs</c>, one entry of a spec file, and what the command line's flags add up to.
/// A null list or map is an empty one, for JSON may say either.
/// Values of <see cref="Config"/> are still text or JSON here; <see cref="Scenarios.ScenarioDefinition"/> binds and checks them.
/// </summary>
public sealed record RunSpec
{
    /// <summary>Name of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary><c>testbed</c>, <c>kafka</c> or bootstrap servers (<c>host:port,…</c>).</summary>
    public string Cluster { get; init; } = "testbed";

    /// <summary>Folder of an Apache Kafka distribution (<c>libs/*.jar</c>) for cluster <c>kafka</c>.</summary>
    public string? KafkaHome { get; init; }

    /// <summary>Brokers of a cluster that is made for the run.</summary>
    public int Brokers { get; init; } = 3;

    /// <summary>Number of workers.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>Seed of everything random; drawn when absent.</summary>
    public long? Seed { get; init; }

    /// <summary>Length of the workload stage: <c>30s</c>, <c>5m</c>; the scenario's default when absent.</summary>
    public string? Duration { get; init; }

    /// <summary>The scenario's configuration, by key.</summary>
    public IReadOnlyDictionary<string, JsonElement> Config { get; init => field = value ?? new Dictionary<string, JsonElement>(); } = new Dictionary<string, JsonElement>();

    /// <summary>Lies that the testbed is to tell, each <c>KIND[:k=v,…]</c>.</summary>
    public IReadOnlyList<string> Lies { get; init => field = value ?? []; } = [];

    /// <summary>Service level objectives: <c>publishP99</c>, <c>endToEndP99</c> (durations), <c>minRate</c> (records per second).</summary>
    public IReadOnlyDictionary<string, JsonElement> Slo { get; init => field = value ?? new Dictionary<string, JsonElement>(); } = new Dictionary<string, JsonElement>();

    /// <summary>Attempts at most: another one begins after an interruption that nobody asked for. The controller's default when absent.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>Below this many living workers an attempt is interrupted; 1 when absent.</summary>
    public int? Quorum { get; init; }

    /// <summary>How often one worker that went is replaced within an hour; beyond that it stays lost. The controller's default when absent.</summary>
    public int? MaxReplacements { get; init; }

    /// <summary>Time limits: <c>run</c>, and of each attempt <c>prepare</c>, <c>warmup</c>, <c>workload</c>, <c>verify</c>, <c>cleanup</c> (durations).</summary>
    public IReadOnlyDictionary<string, JsonElement> Limits { get; init => field = value ?? new Dictionary<string, JsonElement>(); } = new Dictionary<string, JsonElement>();

    /// <summary>How the continuous loop treats it: <c>onViolation</c> (stop or continue), <c>pause</c>, <c>schedule</c> (cron). Single runs leave it aside.</summary>
    public IReadOnlyDictionary<string, JsonElement> Loop { get; init => field = value ?? new Dictionary<string, JsonElement>(); } = new Dictionary<string, JsonElement>();
}
