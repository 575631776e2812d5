namespace Marathon.Durable;

/// <summary>As <see cref="RetryHandler"/>; may wait on the orchestration's own tasks, a timer for instance.</summary>
public delegate Task<bool> AsyncRetryHandler(RetryContext retryContext);
