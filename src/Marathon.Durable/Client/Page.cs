namespace Marathon.Durable;

/// <summary>A part of a listing.</summary>
/// <param name="Values">The items of this page.</param>
/// <param name="ContinuationToken">Where the next page begins; null after the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Values, string? ContinuationToken = null)
    where T : notnull;
