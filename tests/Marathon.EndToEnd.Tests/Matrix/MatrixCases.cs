using Marathon.Cli.Lies;

namespace Marathon.EndToEnd.Tests.Matrix;

/// <summary>Every lie of the testbed, and what clients of ours can do wrong themselves.</summary>
internal static class MatrixCases
{
    // A lie whose tellings can be counted one by one in what the verifier finds.
    private static readonly HashSet<string> s_counted =
    [
        "lost-acked-write", "duplicate", "corrupt", "timestamp-altered", "phantom", "wrong-partition", "failed-write-visible", "realtime-order", "reorder", "eos-broken",
    ];

    public static IReadOnlyList<MatrixCase> All() =>
    [
        .. LieCatalog.All.Select(lie => Of(lie.Kind)),
        new("stale-poll", "client") { Misbehaviour = new SeekingConsumer(-5) },
        new("poll-skip", "client") { Misbehaviour = new SeekingConsumer(5), IsCounted = true },
        new("stuck-member", "client") { Misbehaviour = new SleepingConsumer(), IsCounted = true, Seconds = 34 },
        new("unseen", "client") { Misbehaviour = new ForgetfulConsumer(), IsCounted = true, IsBlind = true, Verdicts = ["indeterminate"], Config = [("drainWithin", "3s")] },
        new("eos-broken", "client") { Misbehaviour = new SecondPipeline(), IsCounted = true, Scenario = "exactly-once-pipeline" },
        new("conservation-broken", "client")
        {
            Misbehaviour = new GenerousProducer(),
            IsCounted = true,
            Config = [("guarantee", "exactly-once"), ("keys", "64"), ("transaction.transfers", "true"), ("transaction.abortShare", "0")],
        },
    ];

    private static MatrixCase Of(string kind) => new MatrixCase(kind, "broker") { IsCounted = s_counted.Contains(kind) } switch
    {
        // Nobody is stuck who had a record half a minute ago.
        { Kind: "stuck-member" } stuck => stuck with { Seconds = 36 },

        // Two records of a key cannot change places without the producer's order changing.
        { Kind: "key-reorder" } keys => keys with { Also = ["reorder"] },

        // Nobody can wait for what nobody is given.
        { Kind: "unseen" } unseen => unseen with { Config = [("drainWithin", "3s")] },

        // Transactions that read each other read what is open.
        { Kind: "write-cycle" } cycle => cycle with { Also = ["uncommitted-read"] },

        // What is aborted in one partition is not there to be read.
        { Kind: "torn-transaction" } torn => torn with { Also = ["lost-acked-write"] },
        var other => other,
    };
}
