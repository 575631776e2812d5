namespace Marathon.Cli.Janitor;

/// <summary>Something of ours that nobody needs any more.</summary>
/// <param name="Name">What it is, for people.</param>
/// <param name="Run">The run that it was made for.</param>
/// <param name="Reason">Why it may go.</param>
/// <param name="RemoveAsync">Removes it; nothing to do is fine.</param>
internal sealed record Leftover(string Name, string Run, string Reason, Func<CancellationToken, Task> RemoveAsync);
