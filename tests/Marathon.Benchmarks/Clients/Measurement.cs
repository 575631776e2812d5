namespace Marathon.Benchmarks.Clients;

/// <summary>What one run of one client came to.</summary>
/// <param name="MegabytesPerSecond">Megabytes (10^6 bytes) of values per second, by the client's own clock, without its start.</param>
/// <param name="CpuSeconds">User and system time of the whole process, its start included.</param>
/// <param name="MegabytesPerCpuSecond">Megabytes of values per second of that time.</param>
/// <param name="WarmCpuMicrosecondsEach">Processor time per record in the second half, by its own account; 0 where it gives none.</param>
internal sealed record Measurement(double MegabytesPerSecond, double CpuSeconds, double MegabytesPerCpuSecond, double WarmCpuMicrosecondsEach)
{
    public double RecordsPerSecond => MegabytesPerSecond * 1e6 / Workload.RecordBytes;

    public double RecordsPerCpuSecond => MegabytesPerCpuSecond * 1e6 / Workload.RecordBytes;

    public static Measurement Of(double megabytes, double megabytesPerSecond, double cpuSeconds, double warmCpuMicrosecondsEach = 0) =>
        new(megabytesPerSecond, cpuSeconds, megabytes / cpuSeconds, warmCpuMicrosecondsEach);
}
