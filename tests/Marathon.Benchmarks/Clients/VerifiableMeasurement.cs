namespace Marathon.Benchmarks.Clients;

/// <summary>What a run of Kafka's VerifiableProducer came to: its values are a number each, so that only records compare.</summary>
/// <param name="RecordsPerSecond">Acknowledged records per second, by its own clock.</param>
/// <param name="RecordsPerCpuSecond">The same per second of user and system time of the whole process.</param>
internal sealed record VerifiableMeasurement(double RecordsPerSecond, double RecordsPerCpuSecond);
