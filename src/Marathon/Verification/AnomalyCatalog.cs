using System.Text.Json;
using Marathon.Scenarios.Toolkit;
using static Marathon.Verification.AnomalyCulprit;
using static Marathon.Verification.AnomalyKind;

namespace Marathon.Verification;

/// <summary>Every kind of anomaly, as data.</summary>
public static class AnomalyCatalog
{
    private const int Examples = 20, LossesNamed = 1024;

    private static readonly Dictionary<AnomalyKind, AnomalyDefinition> Definitions = new AnomalyDefinition[]
    {
        new(LostAckedWrite, "acknowledged, and absent when a fresh consumer passed its place, or beyond the stable end of the log",
            Broker, Severity.Critical, [LogRegression, OffsetConflict, TornTransaction, EosBroken, ConservationBroken]),
        new(Unseen, "acknowledged, not read by the deadline, and not yet known to be lost", Either, Severity.Error, [StuckMember]),
        new(Phantom, "read, well-formed, and never sent", Broker, Severity.Critical, []),
        new(FailedWriteVisible, "read, although the send definitely failed", Broker, Severity.Critical, []),
        new(LogRegression, "the end of the log, or a consumer's position, is below what had been read or acknowledged by all replicas",
            Broker, Severity.Critical, [LostAckedWrite, OffsetConflict, PollSkip, CommitRegression]),
        new(OffsetConflict, "two different records at one offset", Broker, Severity.Critical, []),
        new(Duplicate, "one sequence at two offsets", Broker, Severity.Error, [EosBroken, ConservationBroken]),
        new(Reorder, "a producer's sequences out of order in a partition", Broker, Severity.Error, [KeyReorder]),
        new(RealtimeOrder, "acknowledged at an offset not above that of one acknowledged before this send began",
            Broker, Severity.Error, [Reorder]),
        new(KeyReorder, "a key's sequences out of order", Broker, Severity.Error, []),
        new(StalePoll, "within one assignment a consumer's position went back without a seek", Either, Severity.Error, []),
        new(PollSkip, "within one assignment a consumer jumped over records that were there on reading again", Either, Severity.Error, []),
        new(Corrupt, "the checksum over key, headers and value is wrong", Broker, Severity.Critical, [ConservationBroken]),
        new(WrongPartition, "the record says another partition or topic than the one it was read from", Broker, Severity.Critical, []),
        new(TimestampAltered, "CreateTime is not what was sent", Broker, Severity.Error, [OffsetForTimeMismatch]),
        new(OffsetForTimeMismatch, "ListOffsets by time disagrees with what is in the log", Broker, Severity.Error, []),
        new(AbortedRead, "a read_committed consumer got a record of an aborted transaction", Broker, Severity.Critical, [ConservationBroken, EosBroken]),
        new(UncommittedRead, "a read_committed consumer got a record of an open transaction", Broker, Severity.Critical, [AbortedRead, WriteCycle]),
        new(TornTransaction, "some but not all records of a committed transaction", Broker, Severity.Critical, [ConservationBroken]),
        new(TransactionMixup, "a record in another transaction than its own", Broker, Severity.Critical,
            [Reorder, KeyReorder, LostAckedWrite, AbortedRead, UncommittedRead, TornTransaction]),
        new(StuckLso, "the last stable offset does not move although no transaction of ours is open", Broker, Severity.Error, [Unseen]),
        new(ZombieNotFenced, "an old incarnation with the same transactional id could still commit", Broker, Severity.Critical, []),
        new(WriteCycle, "committed transactions observe each other in a cycle", Broker, Severity.Critical, []),
        new(EosBroken, "the output of consume-transform-produce is not exactly once", Either, Severity.Critical, []),
        new(DoubleOwnership, "two members owned a partition at the same time", Broker, Severity.Error, [CommitRegression]),
        new(CommitRegression, "a committed offset went back or vanished without our asking", Broker, Severity.Error, []),
        new(StuckMember, "lag, no rebalance, and no record for 30 s", Either, Severity.Error, []),
        new(EarlyRetention, "removed before its retention ended", Broker, Severity.Critical, [LostAckedWrite]),
        new(CompactionLostLatest, "a key's latest value is gone", Broker, Severity.Critical, []),
        new(TombstoneResurrected, "a deleted key came back", Broker, Severity.Error, []),
        new(ConservationBroken, "a conserved total does not hold", Either, Severity.Critical, []),
    }.ToDictionary(definition => definition.Kind);

    private static readonly Dictionary<string, AnomalyKind> Names = Definitions.Keys.ToDictionary(NameOf, StringComparer.Ordinal);

    /// <summary>All kinds.</summary>
    public static IReadOnlyCollection<AnomalyDefinition> All => Definitions.Values;

    /// <summary>One kind.</summary>
    public static AnomalyDefinition Of(AnomalyKind kind) => Definitions[kind];

    /// <summary>How many examples a report has at most. Which records are lost is not a matter of examples: each is named, as far as there is room.</summary>
    public static int ExamplesOf(AnomalyKind kind) => kind == LostAckedWrite ? LossesNamed : Examples;

    /// <summary>The kind's name in reports and on the command line: <c>lost-acked-write</c>.</summary>
    public static string NameOf(AnomalyKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    /// <summary>The kind of that name.</summary>
    public static bool TryParse(string name, out AnomalyKind kind) => Names.TryGetValue(name, out kind);

    /// <summary>
    /// The kind among those found that has this one as its consequence; null for a root. Where two have each other, the one
    /// that comes first in the catalogue is the root.
    /// </summary>
    public static AnomalyKind? RootOf(AnomalyKind kind, IReadOnlySet<AnomalyKind> found)
    {
        foreach (var candidate in found.Order())
        {
            if (candidate != kind && Definitions[candidate].Implies.Contains(kind)
                && (candidate < kind || !Definitions[kind].Implies.Contains(candidate)))
            {
                return RootOf(candidate, found) ?? candidate;
            }
        }

        return null;
    }
}
