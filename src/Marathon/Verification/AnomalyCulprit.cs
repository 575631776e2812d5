using System.Text.Json.Serialization;

namespace Marathon.Verification;

/// <summary>Who can commit an anomaly.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<AnomalyCulprit>))]
public enum AnomalyCulprit
{
    /// <summary>The broker alone.</summary>
    Broker,

    /// <summary>The broker, or our own client or worker.</summary>
    Either,
}
