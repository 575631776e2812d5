namespace Marathon.Benchmarks.Checker;

/// <summary>What a load cost.</summary>
/// <param name="Records">Records.</param>
/// <param name="NanosecondsEach">Processor time of one thread per record.</param>
/// <param name="BytesEach">Bytes allocated per record.</param>
/// <param name="KeptBytes">Bytes that are still referenced at the end.</param>
internal sealed record LoadCost(long Records, double NanosecondsEach, double BytesEach, long KeptBytes);
