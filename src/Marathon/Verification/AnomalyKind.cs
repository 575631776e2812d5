using System.Text.Json.Serialization;

namespace Marathon.Verification;

/// <summary>What can be wrong. In reports and on the command line the names are kebab-case: <c>lost-acked-write</c>.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<AnomalyKind>))]
public enum AnomalyKind
{
    /// <summary>Acknowledged and absent.</summary>
    LostAckedWrite,

    /// <summary>Acknowledged, not read, and not yet known to be lost.</summary>
    Unseen,

    /// <summary>Read and never sent.</summary>
    Phantom,

    /// <summary>Read, although the send definitely failed.</summary>
    FailedWriteVisible,

    /// <summary>Committed state went back.</summary>
    LogRegression,

    /// <summary>Two different records at one offset.</summary>
    OffsetConflict,

    /// <summary>One sequence at two offsets.</summary>
    Duplicate,

    /// <summary>A producer's sequences out of order in a partition.</summary>
    Reorder,

    /// <summary>Acknowledged at an offset not above that of one acknowledged before the send began.</summary>
    RealtimeOrder,

    /// <summary>A key's sequences out of order.</summary>
    KeyReorder,

    /// <summary>A consumer's position went back without a seek.</summary>
    StalePoll,

    /// <summary>A consumer jumped over offsets that hold records.</summary>
    PollSkip,

    /// <summary>The checksum over key, headers and value is wrong.</summary>
    Corrupt,

    /// <summary>Key or header say another partition or topic.</summary>
    WrongPartition,

    /// <summary>CreateTime is not what was sent.</summary>
    TimestampAltered,

    /// <summary>ListOffsets by time disagrees with the log.</summary>
    OffsetForTimeMismatch,

    /// <summary>A read_committed consumer got a record of an aborted transaction.</summary>
    AbortedRead,

    /// <summary>A read_committed consumer got a record of an open transaction.</summary>
    UncommittedRead,

    /// <summary>Some but not all records of a committed transaction.</summary>
    TornTransaction,

    /// <summary>A record in another transaction than its own.</summary>
    TransactionMixup,

    /// <summary>The last stable offset does not move although no transaction is open.</summary>
    StuckLso,

    /// <summary>An old incarnation with the same transactional id could still commit.</summary>
    ZombieNotFenced,

    /// <summary>Committed transactions observe each other in a cycle.</summary>
    WriteCycle,

    /// <summary>The output of consume-transform-produce is not exactly once.</summary>
    EosBroken,

    /// <summary>Two members owned a partition at the same time.</summary>
    DoubleOwnership,

    /// <summary>A committed offset went back or vanished.</summary>
    CommitRegression,

    /// <summary>Lag, no rebalance, and no record for 30 s.</summary>
    StuckMember,

    /// <summary>Removed before its retention ended.</summary>
    EarlyRetention,

    /// <summary>A key's latest value is gone.</summary>
    CompactionLostLatest,

    /// <summary>A deleted key came back.</summary>
    TombstoneResurrected,

    /// <summary>A conserved total does not hold.</summary>
    ConservationBroken,
}
