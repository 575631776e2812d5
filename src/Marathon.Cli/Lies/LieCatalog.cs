namespace Marathon.Cli.Lies;

/// <summary>The lies that the testbed can be asked for, each with the workload that it needs. A new one is added here.</summary>
public static class LieCatalog
{
    // The testbed can only touch records that it can read.
    private static readonly (string, string[]) s_readable = ("compression", ["none", "gzip"]);
    private static readonly (string, string[]) s_acknowledged = ("acks", ["all", "1"]);
    private static readonly (string, string[]) s_idempotent = ("guarantee", ["idempotent", "exactly-once"]);
    private static readonly (string, string[]) s_transactions = ("guarantee", ["exactly-once"]);

    // What is read while its transaction is open must be read, and known to be, before that ends.
    private static readonly (string, string[]) s_longTransactions = ("transaction.interval", ["1s"]);
    private static readonly (string, string[]) s_group = ("assignment", ["subscribe"]);
    private static readonly (string, string[]) s_compacted = ("topic.cleanup.policy", ["compact"]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<LieWorkload> All { get; } =
    [
        Lie("lost-acked-write", s_acknowledged),
        Lie("unseen", s_acknowledged),
        Lie("phantom", s_readable),
        Lie("failed-write-visible", s_acknowledged),
        Lie("log-regression", s_acknowledged),
        Lie("offset-conflict", s_readable),
        Lie("duplicate", s_idempotent, s_readable),
        Lie("reorder", s_readable),
        Lie("realtime-order", s_acknowledged, s_readable),
        // Few, for there must be two records of one in a batch.
        Lie("key-reorder", ("keys", ["8"]), s_readable),
        Lie("stale-poll"),
        Lie("poll-skip"),
        Lie("corrupt", s_readable),
        Lie("wrong-partition", s_readable),
        Lie("timestamp-altered", s_readable),
        Lie("offset-for-time-mismatch"),
        // One in fifty, as is usual, may be none at all in a short run.
        Lie("aborted-read", s_transactions, ("transaction.abortShare", ["0.2"])),
        Lie("uncommitted-read", s_transactions, s_readable, s_longTransactions),
        Lie("torn-transaction", s_transactions),
        Lie("transaction-mixup", s_transactions, s_readable),
        Lie("stuck-lso", s_transactions),
        Lie("zombie-not-fenced", s_transactions, ("transaction.takeOverEvery", ["1s"])),
        Lie("write-cycle", s_transactions, s_readable, ("transaction.reads", ["true"]), ("producers", ["2"]), s_longTransactions),
        Lie("conservation-broken", s_transactions, s_readable, ("keys", ["64"]), ("transaction.transfers", ["true"]), ("transaction.abortShare", ["0"])),
        Lie("eos-broken", s_transactions, s_readable, ("pipelines", ["1"]), ("transaction.abortShare", ["0"])),
        Lie("double-ownership", s_group, ("consumers", ["2"])),
        Lie("commit-regression", s_group),
        Lie("stuck-member", s_group),
        Lie("early-retention", ("topic.retention.ms", ["3600000"])),
        Lie("compaction-lost-latest", s_compacted, ("keys", ["64"])),
        Lie("tombstone-resurrected", s_compacted, ("keys", ["64"])),
    ];

    /// <summary>Null when there is no such lie.</summary>
    public static LieWorkload? Find(string kind) => All.FirstOrDefault(l => l.Kind == kind);

    private static LieWorkload Lie(string kind, params (string Key, string[] Values)[] needs) =>
        new(kind, needs.ToDictionary(n => n.Key, n => n.Values));
}
