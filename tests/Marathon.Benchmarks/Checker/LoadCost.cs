namespace Marathon.Benchmarks.Checker;

/// <summary>What a load cost.</summary>
/// <param name="Times">How often the work was done.</param>
/// <param name="Nanoseconds">Time of one of them in the fastest round.</param>
/// <param name="MedianNanoseconds">The same in the median round.</param>
/// <param name="BytesEach">Bytes allocated per time.</param>
/// <param name="KeptBytes">Bytes that are still referenced at the end.</param>
internal sealed record LoadCost(long Times, double Nanoseconds, double MedianNanoseconds, double BytesEach, long KeptBytes);
