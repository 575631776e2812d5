using Marathon.Verification;

namespace Marathon.Controller.Evidence;

/// <summary>What came of reading a range again.</summary>
/// <param name="Evidence">What was read.</param>
/// <param name="GoOnAt">The offset to go on at; null when the range is done.</param>
/// <param name="Withheld">What the cluster said was there and gave nothing of; null when it gave something, or there was an error.</param>
public sealed record RangeReread(WorkerEvidence Evidence, long? GoOnAt, WithheldOffsets? Withheld = null);
