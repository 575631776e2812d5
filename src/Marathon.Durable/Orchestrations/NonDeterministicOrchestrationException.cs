namespace Marathon.Durable;

/// <summary>A replay did something else than the history says. The instance fails; its code cannot catch this.</summary>
public sealed class NonDeterministicOrchestrationException(string detail)
    : Exception("Non-Deterministic workflow detected: " + detail);
