namespace Marathon.Verification;

/// <summary>An assignment of a partition to a consumer.</summary>
/// <param name="From">When it was assigned, in nanoseconds since the Unix epoch, by the consumer's clock.</param>
/// <param name="StartOffset">Where reading began.</param>
/// <param name="To">When it was revoked or lost; null while it is owned.</param>
/// <param name="Lost">Lost rather than revoked: the member had been evicted, perhaps long before it learned of it.</param>
public sealed record Ownership(long From, long StartOffset, long? To = null, bool Lost = false);
