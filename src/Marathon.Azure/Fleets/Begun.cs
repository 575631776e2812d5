namespace Marathon.Azure.Fleets;

/// <summary>A change that Resource Manager has taken on.</summary>
/// <param name="Url">Where to ask how it fares; null when it was done at once.</param>
/// <param name="RetryAfter">When to ask first.</param>
internal sealed record Begun(Uri? Url, TimeSpan? RetryAfter);
