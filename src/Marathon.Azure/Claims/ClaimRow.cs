namespace Marathon.Azure.Claims;

/// <summary>A row of an <see cref="IClaimStore"/>.</summary>
/// <param name="Key">Letters, digits and <c>. : _ -</c>.</param>
/// <param name="Value">Text, perhaps empty.</param>
/// <param name="At">When it was written, by the writer's clock.</param>
public sealed record ClaimRow(string Key, string Value, DateTimeOffset At);
