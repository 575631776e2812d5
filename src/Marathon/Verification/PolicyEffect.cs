using System.Text.Json.Serialization;

namespace Marathon.Verification;

/// <summary>What an anomaly means under a policy.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<PolicyEffect>))]
public enum PolicyEffect
{
    /// <summary>A promise was broken.</summary>
    Violation,

    /// <summary>Reported, and no violation.</summary>
    Counted,

    /// <summary>To be expected.</summary>
    Allowed,
}
