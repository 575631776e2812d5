using Confluent.Kafka;

namespace Marathon.Kafka.Admin;

/// <summary>The cluster refused an administrative request, or could not answer it in time.</summary>
public sealed class KafkaAdminException(string request, ErrorCode code, string reason, Exception? cause = null)
    : Exception($"{request}: {reason} ({code})", cause)
{
    /// <summary>The error.</summary>
    public ErrorCode Code { get; } = code;
}
