namespace Marathon.Workers.Load;

/// <summary>Everything a worker needs to hold its clients: body of the command <c>initialise</c>.</summary>
public sealed record LoadSpec
{
    /// <summary>Kind of load; <c>kafka</c> is the first.</summary>
    public string Kind { get; init; } = "kafka";

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>Seed of everything random in the load.</summary>
    public long Seed { get; init; }

    /// <summary>Where the cluster is: <c>host:port,…</c></summary>
    public required string BootstrapServers { get; init; }

    /// <summary>The topics of the run.</summary>
    public required IReadOnlyList<TopicRef> Topics { get; init; }

    /// <summary>Producers of this worker.</summary>
    public IReadOnlyList<ProducerSpec> Producers { get; init; } = [];

    /// <summary>Consumers of this worker.</summary>
    public IReadOnlyList<ConsumerSpec> Consumers { get; init; } = [];

    /// <summary>Consume-transform-produce steps of this worker; they need exactly-once.</summary>
    public IReadOnlyList<PipelineSpec> Pipelines { get; init; } = [];

    /// <summary>0, 1 or -1 (all).</summary>
    public int Acks { get; init; } = -1;

    /// <summary>What is asked of the clients.</summary>
    public Guarantee Guarantee { get; init; } = Guarantee.Idempotent;

    /// <summary>How producers with a transactional id make their transactions.</summary>
    public TransactionSpec Transactions { get; init; } = new();

    /// <summary>How consumers get their partitions.</summary>
    public Assignment Assignment { get; init; } = Assignment.Assign;

    /// <summary>Size of a record's value in bytes, header included.</summary>
    public int RecordSizeBytes { get; init; } = 1024;

    /// <summary>Share of the filler that compresses away, 0 to 1.</summary>
    public double Compressibility { get; init; }

    /// <summary>Number of distinct keys; 0 sends records without a key.</summary>
    public int Keys { get; init; }

    /// <summary>The topics are compacted: keys are deleted now and then, and the latest record of each is followed.</summary>
    public bool Compacted { get; init; }

    /// <summary>none, gzip, snappy, lz4 or zstd.</summary>
    public string Compression { get; init; } = "none";

    /// <summary>This worker's share in records per second, all its producers together; null is as fast as it goes.</summary>
    public double? RatePerSecond { get; init; }

    /// <summary>
    /// For a replacement: since when nobody has sent this worker's share. Its producers make up for it, at twice their rate.
    /// Null for a first life.
    /// </summary>
    public DateTimeOffset? VacantSince { get; init; }

    /// <summary>Further properties of every client, then of producers and of consumers, by their Kafka names.</summary>
    public IReadOnlyDictionary<string, string> ClientProperties { get; init; } = new Dictionary<string, string>();

    /// <summary>Further properties of producers.</summary>
    public IReadOnlyDictionary<string, string> ProducerProperties { get; init; } = new Dictionary<string, string>();

    /// <summary>Further properties of consumers.</summary>
    public IReadOnlyDictionary<string, string> ConsumerProperties { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// For a replacement: the last checkpoint of the worker that it replaces, from whose positions and state its
    /// consumers go on. Null for the first epoch. JSON of <c>Marathon.Verification.WorkerEvidence</c>.
    /// </summary>
    public System.Text.Json.JsonElement? ResumeFrom { get; init; }
}
