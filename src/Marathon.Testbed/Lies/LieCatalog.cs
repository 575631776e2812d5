using Marathon.Runs;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Lies.Answers;
using Marathon.Testbed.Lies.Cleanup;
using Marathon.Testbed.Lies.Groups;
using Marathon.Testbed.Lies.Reading;
using Marathon.Testbed.Lies.Records;
using Marathon.Testbed.Lies.Transactions;

namespace Marathon.Testbed.Lies;

/// <summary>The lies that there are, by the kind of anomaly that they commit.</summary>
internal static class LieCatalog
{
    private static readonly SortedDictionary<string, Func<LieSpec, LieContext, Lie>> Makers = new(StringComparer.Ordinal)
    {
        ["aborted-read"] = (asked, context) => new AbortedRead(asked, context),
        ["commit-regression"] = (asked, context) => new CommitRegression(asked, context),
        ["compaction-lost-latest"] = (asked, context) => new CompactionLostLatest(asked, context),
        ["conservation-broken"] = (asked, context) => new ConservationBroken(asked, context),
        ["corrupt"] = (asked, context) => new Corrupt(asked, context),
        ["double-ownership"] = (asked, context) => new DoubleOwnership(asked, context),
        ["duplicate"] = (asked, context) => new Duplicate(asked, context),
        ["early-retention"] = (asked, context) => new EarlyRetention(asked, context),
        ["eos-broken"] = (asked, context) => new EosBroken(asked, context),
        ["failed-write-visible"] = (asked, context) => new FailedWriteVisible(asked, context),
        ["key-reorder"] = (asked, context) => new KeyReorder(asked, context),
        ["log-regression"] = (asked, context) => new LogRegression(asked, context),
        ["lost-acked-write"] = (asked, context) => new LostAckedWrite(asked, context),
        ["offset-conflict"] = (asked, context) => new OffsetConflict(asked, context),
        ["offset-for-time-mismatch"] = (asked, context) => new OffsetForTimeMismatch(asked, context),
        ["phantom"] = (asked, context) => new Phantom(asked, context),
        ["poll-skip"] = (asked, context) => new PollSkip(asked, context),
        ["realtime-order"] = (asked, context) => new RealtimeOrder(asked, context),
        ["reorder"] = (asked, context) => new Reorder(asked, context),
        ["stale-poll"] = (asked, context) => new StalePoll(asked, context),
        ["stuck-lso"] = (asked, context) => new StuckLso(asked, context),
        ["stuck-member"] = (asked, context) => new StuckMember(asked, context),
        ["timestamp-altered"] = (asked, context) => new TimestampAltered(asked, context),
        ["tombstone-resurrected"] = (asked, context) => new TombstoneResurrected(asked, context),
        ["torn-transaction"] = (asked, context) => new TornTransaction(asked, context),
        ["transaction-mixup"] = (asked, context) => new TransactionMixup(asked, context),
        ["uncommitted-read"] = (asked, context) => new UncommittedRead(asked, context),
        ["unseen"] = (asked, context) => new Unseen(asked, context),
        ["write-cycle"] = (asked, context) => new WriteCycle(asked, context),
        ["wrong-partition"] = (asked, context) => new WrongPartition(asked, context),
        ["zombie-not-fenced"] = (asked, context) => new ZombieNotFenced(asked, context),
    };

    public static IReadOnlyCollection<string> Kinds => Makers.Keys;

    /// <summary>The lie of that text.</summary>
    /// <exception cref="TestbedException">It is malformed, or there is no such lie.</exception>
    public static Lie Make(string text, LieContext context)
    {
        try
        {
            var asked = LieSpec.Parse(text);
            return Makers.TryGetValue(asked.Kind, out var make)
                ? make(asked, context)
                : throw new TestbedException($"--lie {text}: there is no lie '{asked.Kind}'; there are {string.Join(", ", Kinds)}");
        }
        catch (FormatException malformed)
        {
            throw new TestbedException($"--lie {text}: {malformed.Message}", malformed);
        }
    }
}
