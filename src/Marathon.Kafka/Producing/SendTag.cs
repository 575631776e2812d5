using Marathon.Verification;

namespace Marathon.Kafka.Producing;

/// <summary>
/// Travels as the key of a message through the client library, whose delivery report gives it back: which send it was. On
/// the wire it is the record's key alone.
/// </summary>
/// <param name="Ledger">The incarnation's ledger.</param>
/// <param name="Partition">Where it was sent.</param>
/// <param name="Sequence">Its sequence there.</param>
/// <param name="IntendedAt">When the schedule called for it, by the <see cref="Threading.LoadClock"/>.</param>
/// <param name="Key">The record's key; null for none.</param>
internal readonly record struct SendTag(ProducerLedger Ledger, int Partition, long Sequence, long IntendedAt, byte[]? Key);
