using System.Text.Json.Serialization;

namespace Marathon.Verification;

/// <summary>How a transaction ended, by its producer.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<TransactionOutcome>))]
public enum TransactionOutcome
{
    /// <summary>Not yet.</summary>
    Open,

    /// <summary>Committed: every record must be there.</summary>
    Committed,

    /// <summary>Aborted: no record may be seen by a read_committed consumer.</summary>
    Aborted,

    /// <summary>Nobody can say: all of it or nothing.</summary>
    Unknown,
}
