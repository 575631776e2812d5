namespace Marathon.Durable;

/// <summary>Says whether to make a failed call again. It runs again on every replay, so it must be deterministic.</summary>
public delegate bool RetryHandler(RetryContext retryContext);
