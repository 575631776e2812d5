namespace Marathon.Benchmarks.Clients;

/// <summary>One round: every contestant once, on the same broker.</summary>
internal sealed record Round(
    Measurement MarathonProduce, Measurement KafkaProduce, Measurement MarathonConsume, Measurement KafkaConsume, Measurement UncheckedConsume,
    VerifiableMeasurement KafkaVerifiable);
