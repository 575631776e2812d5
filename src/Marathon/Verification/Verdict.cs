using System.Text.Json.Serialization;

namespace Marathon.Verification;

/// <summary>The verdict on a run. Precedence: violation, harness-fault, indeterminate, slo-miss, pass.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<Verdict>))]
public enum Verdict
{
    /// <summary>Every record is accounted for and every promise kept.</summary>
    Pass,

    /// <summary>The cluster kept its promises but not its objectives.</summary>
    SloMiss,

    /// <summary>Something is neither proven nor disproven.</summary>
    Indeterminate,

    /// <summary>Our side broke.</summary>
    HarnessFault,

    /// <summary>The cluster broke a promise.</summary>
    Violation,
}
