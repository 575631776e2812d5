namespace Marathon.Scenarios.TailRead;

/// <summary>Tail-read has no keys of its own.</summary>
public sealed record TailReadConfig : WorkloadConfig;
