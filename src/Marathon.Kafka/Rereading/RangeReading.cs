using Marathon.Verification;

namespace Marathon.Kafka.Rereading;

/// <summary>What a fresh consumer saw of a range.</summary>
/// <param name="Evidence">What it read, as a <see cref="ConsumerEvidence.Rereader"/>.</param>
/// <param name="GoOnAt">Where the time was over; null when the range, or the log, is read to its end.</param>
/// <param name="Withheld">What the leader said was there and gave nothing of, all the time; null when it gave something, or there was an error.</param>
public sealed record RangeReading(ConsumerEvidence Evidence, long? GoOnAt, WithheldOffsets? Withheld = null);
