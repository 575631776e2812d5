using Marathon.Records;

namespace Marathon.Kafka.Producing;

/// <summary>Where a record goes and what it is about.</summary>
/// <param name="Partition">Its partition.</param>
/// <param name="KeyId">Its key's number, or -1.</param>
/// <param name="Key">Its key; null for none.</param>
/// <param name="KeySequence">Its place in the key's stream.</param>
/// <param name="Transfer">The transfer that it is half of; null for none.</param>
internal readonly record struct RecordPlan(int Partition, int KeyId, byte[]? Key, long KeySequence, Transfer? Transfer = null);
