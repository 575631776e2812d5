namespace Marathon.Testbed.Protocol;

/// <summary>Bytes that are no Kafka request. The connection they came from is closed, as a Kafka broker does.</summary>
internal sealed class MalformedFrameException(string message) : Exception(message);
