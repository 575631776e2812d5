using Marathon.Configuration;
using Marathon.Workers.Load;

namespace Marathon.Scenarios;

/// <summary>The keys that every scenario with a produce-and-consume load shares. A scenario's own configuration derives from it.</summary>
public record WorkloadConfig
{
    /// <summary>Topic name; made for the run and removed after it.</summary>
    [ConfigKey("topic", "Topic to make for the run", DefaultText = "marathon-<run id>")]
    public string? Topic { get; set; }

    /// <summary>Partitions of the topic.</summary>
    [ConfigKey("partitions", "Partitions of the topic", Unit = "partitions", Minimum = 1, Maximum = 10_000)]
    public int Partitions { get; set; } = 12;

    /// <summary>Replicas of each partition.</summary>
    [ConfigKey("replication", "Replicas of each partition", Unit = "replicas", Minimum = 1, Maximum = 100, DefaultText = "3, or the number of brokers when there are fewer")]
    public int? Replication { get; set; }

    /// <summary>Offered load, all producers together.</summary>
    [ConfigKey("ratePerSecond", "Offered load, all producers together", Unit = "records/s", Minimum = 0.001, Maximum = 100_000_000)]
    public Rate RatePerSecond { get; set; } = new(5_000);

    /// <summary>Size of a record's value.</summary>
    [ConfigKey("recordSize", "Size of a record's value, its header of about 100 bytes included", Unit = "bytes", Minimum = 128, Maximum = 16 << 20)]
    public int RecordSizeBytes { get; set; } = 1024;

    /// <summary>Share of the filler that compresses away.</summary>
    [ConfigKey("compressibility", "Share of the filler that compresses away", Unit = "0 to 1", Minimum = 0, Maximum = 1)]
    public double Compressibility { get; set; } = 0.5;

    /// <summary>Distinct keys; 0 sends records without a key.</summary>
    [ConfigKey("keys", "Distinct keys, whose order is checked too; 0 sends records without a key", Unit = "keys", Minimum = 0, Maximum = 4096)]
    public int Keys { get; set; }

    /// <summary>Compression of record batches.</summary>
    [ConfigKey("compression", "Compression of record batches", OneOf = ["none", "gzip", "snappy", "lz4", "zstd"])]
    public string Compression { get; set; } = "none";

    /// <summary>Acknowledgements that a send waits for.</summary>
    [ConfigKey("acks", "Acknowledgements that a send waits for", OneOf = ["0", "1", "all"])]
    public string Acks { get; set; } = "all";

    /// <summary>The delivery guarantee asked of the clients.</summary>
    [ConfigKey("guarantee", "Delivery guarantee asked of the clients; 0 and 1 acks need at-least-once or less", DefaultText = "idempotent (at-least-once with acks 0 or 1)")]
    public Guarantee? Guarantee { get; set; }

    /// <summary>Records of a transaction.</summary>
    [ConfigKey("transaction.records", "With exactly-once: records after which a transaction is ended", Unit = "records", Minimum = 1, Maximum = 1_000_000)]
    public int TransactionRecords { get; set; } = 10_000;

    /// <summary>Age at which a transaction is ended.</summary>
    [ConfigKey("transaction.interval", "With exactly-once: time after which a transaction is ended, however few records it has", Minimum = 0.001, Maximum = 9)]
    public TimeSpan TransactionInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Share of the transactions that are aborted on purpose.</summary>
    [ConfigKey("transaction.abortShare", "With exactly-once: share of the transactions that are aborted on purpose", Unit = "0 to 1", Minimum = 0, Maximum = 1)]
    public double TransactionAbortShare { get; set; } = 0.02;

    /// <summary>Time between two takings over of a transactional id.</summary>
    [ConfigKey("transaction.takeOverEvery", "With exactly-once: least time after which a second client takes a producer's transactional id over in the middle of a transaction; what the first then asks to commit must be refused. At most 256 times in a producer's life", Minimum = 0.1, Maximum = 86_400, DefaultText = "never")]
    public TimeSpan? TransactionTakeOverEvery { get; set; }

    /// <summary>Whether transactions are made of transfers.</summary>
    [ConfigKey("transaction.transfers", "With exactly-once: every two records of a transaction are a transfer between two keys, and what read_committed consumers have read at the end must add up to nothing; needs two keys or more")]
    public bool TransactionTransfers { get; set; }

    /// <summary>Whether transactions note what they have read.</summary>
    [ConfigKey("transaction.reads", "With exactly-once: each transaction notes which others its worker's consumers have read from while it was open; committed transactions must not have read each other, all the way round")]
    public bool TransactionReads { get; set; }

    /// <summary>Producers per worker.</summary>
    [ConfigKey("producers", "Producers per worker", Unit = "producers", Minimum = 0, Maximum = 1000)]
    public int Producers { get; set; } = 1;

    /// <summary>Consumers per worker.</summary>
    [ConfigKey("consumers", "Consumers per worker", Unit = "consumers", Minimum = 0, Maximum = 1000)]
    public int Consumers { get; set; } = 1;

    /// <summary>Consume-transform-produce steps per worker.</summary>
    [ConfigKey("pipelines", "Consume-transform-produce steps per worker: they read the topic and write to a second one, which the consumers then read; needs exactly-once", Unit = "pipelines", Minimum = 0, Maximum = 20)]
    public int Pipelines { get; set; }

    /// <summary>How consumers get their partitions.</summary>
    [ConfigKey("assignment", "How consumers get their partitions: dealt out, or by the group protocol")]
    public Assignment Assignment { get; set; } = Assignment.Assign;

    /// <summary>Load before the workload stage, verified but not measured.</summary>
    [ConfigKey("warmup", "Load before the workload stage: verified, not measured", Minimum = 0, Maximum = 86_400)]
    public TimeSpan Warmup { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Length of the workload stage.</summary>
    [ConfigKey("duration", "Length of the workload stage", Minimum = 0.1, Maximum = 31_536_000)]
    public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long consumers may take to read to the end once producers have stopped.</summary>
    [ConfigKey("drainWithin", "How long consumers may take to read to the end once producers have stopped", Minimum = 1, Maximum = 86_400)]
    public TimeSpan DrainWithin { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Publish latency that 99 of 100 records must keep.</summary>
    [ConfigKey("slo.publishP99", "Publish latency, from the intended send time, that 99 % of records must keep", Minimum = 0.000001)]
    public TimeSpan? SloPublishP99 { get; set; }

    /// <summary>End-to-end latency that 99 of 100 records must keep.</summary>
    [ConfigKey("slo.endToEndP99", "End-to-end latency, from the intended send time, that 99 % of records must keep", Minimum = 0.000001)]
    public TimeSpan? SloEndToEndP99 { get; set; }

    /// <summary>Rate of acknowledged records that the workload stage must reach.</summary>
    [ConfigKey("slo.minRate", "Rate of acknowledged records that the workload stage must reach", Unit = "records/s", Minimum = 0)]
    public double? SloMinRatePerSecond { get; set; }

    /// <summary>Properties of the topic.</summary>
    [ConfigKey("topic.*", "A property of the topic: topic.min.insync.replicas=2")]
    public IDictionary<string, string> TopicProperties { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Properties of every client.</summary>
    [ConfigKey("client.*", "A property of every Kafka client: client.security.protocol=SSL")]
    public IDictionary<string, string> ClientProperties { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Properties of producers.</summary>
    [ConfigKey("producer.*", "A property of the producers: producer.linger.ms=5")]
    public IDictionary<string, string> ProducerProperties { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Properties of consumers.</summary>
    [ConfigKey("consumer.*", "A property of the consumers: consumer.fetch.min.bytes=1")]
    public IDictionary<string, string> ConsumerProperties { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary><see cref="Acks"/> as the protocol writes it: 0, 1 or -1.</summary>
    public int RequiredAcks => Acks == "all" ? -1 : Acks[0] - '0';

    /// <summary>The guarantee in force when none was asked for: the idempotent producer needs acks=all.</summary>
    public Guarantee EffectiveGuarantee => Guarantee ?? (Acks == "all" ? Workers.Load.Guarantee.Idempotent : Workers.Load.Guarantee.AtLeastOnce);

    /// <summary>Whether it breaks the machines of workers, for which the fleet must be one of machines.</summary>
    public virtual bool StrikesWorkers => false;

    /// <summary>What contradicts itself across keys.</summary>
    public virtual IEnumerable<SpecError> Contradictions()
    {
        if (Acks != "all" && Guarantee is (Workers.Load.Guarantee.Idempotent or Workers.Load.Guarantee.ExactlyOnce))
        {
            yield return new SpecError("config.acks", $"acks={Acks} cannot give guarantee {EnumText.Name(Guarantee!.Value)}", "set acks=all, or guarantee=at-least-once");
        }

        if (Pipelines > 0 && EffectiveGuarantee != Workers.Load.Guarantee.ExactlyOnce)
        {
            yield return new SpecError("config.pipelines", $"pipelines cannot have guarantee {EnumText.Name(EffectiveGuarantee)}", "set guarantee=exactly-once, or pipelines=0");
        }

        if (EffectiveGuarantee != Workers.Load.Guarantee.ExactlyOnce && (TransactionTakeOverEvery is not null || TransactionTransfers || TransactionReads))
        {
            string key = TransactionTransfers ? "transaction.transfers" : TransactionReads ? "transaction.reads" : "transaction.takeOverEvery";
            yield return new SpecError($"config.{key}", $"there are no transactions with guarantee {EnumText.Name(EffectiveGuarantee)}", $"set guarantee=exactly-once, or leave {key} out");
        }

        if (TransactionTransfers && Keys < 2)
        {
            yield return new SpecError("config.transaction.transfers", $"transfers need two keys, there are {Keys}", "set keys to 2 or more");
        }

        if (TransactionTransfers && TopicProperties.TryGetValue("cleanup.policy", out string? policy) && policy.Contains("compact", StringComparison.Ordinal))
        {
            yield return new SpecError("config.transaction.transfers", "compaction removes records of transfers", "leave topic.cleanup.policy or transaction.transfers out");
        }

        if (Producers == 0 && Consumers == 0)
        {
            yield return new SpecError("config.producers", "neither producers nor consumers are asked for", "set producers or consumers to 1 or more");
        }
    }
}
