using Confluent.Kafka;

namespace Marathon.Kafka.Producing;

/// <summary>
/// Which delivery errors prove that a record was not written by any of its attempts. The client library's NotPersisted alone
/// proves nothing: it calls an attempt that NOT_LEADER_OR_FOLLOWER answered not persisted, yet a leader that steps down while it
/// waits for its followers (acks=all) says that of records in its log, and its successor may keep them. So an error that another
/// attempt may have come before, a time-out above all, leaves the record indeterminate.
/// </summary>
internal static class DefiniteRefusal
{
    // Each depends on the record, the request or the topic alone, so that every attempt would have met it.
    private static readonly HashSet<ErrorCode> s_codes =
    [
        ErrorCode.MsgSizeTooLarge,
        ErrorCode.RecordListTooLarge,
        ErrorCode.InvalidRequiredAcks,
        ErrorCode.TopicAuthorizationFailed,
        ErrorCode.TopicException,
        ErrorCode.InvalidTimestamp,
        ErrorCode.UnsupportedForMessageFormat,
        ErrorCode.PolicyViolation,
        ErrorCode.InvalidRecord,
    ];

    public static bool Is(ErrorCode code) => s_codes.Contains(code);
}
