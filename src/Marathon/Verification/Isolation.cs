using System.Text.Json.Serialization;

namespace Marathon.Verification;

/// <summary>The consumer property <c>isolation.level</c>.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<Isolation>))]
public enum Isolation
{
    /// <summary>Records of open and aborted transactions are seen.</summary>
    ReadUncommitted,

    /// <summary>Only records of committed transactions, and of none.</summary>
    ReadCommitted,
}
