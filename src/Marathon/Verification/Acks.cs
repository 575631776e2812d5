using System.Text.Json.Serialization;

namespace Marathon.Verification;

/// <summary>The producer property <c>acks</c>.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<Acks>))]
public enum Acks
{
    /// <summary>0: nobody answers, every record is indeterminate.</summary>
    None = 0,

    /// <summary>1: the leader answers.</summary>
    Leader = 1,

    /// <summary>-1: all in-sync replicas have it.</summary>
    All = -1,
}
