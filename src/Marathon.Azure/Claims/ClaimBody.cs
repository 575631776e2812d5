namespace Marathon.Azure.Claims;

/// <summary>Body of a claim.</summary>
/// <param name="Machine">The machine's name, as the metadata service tells it.</param>
public sealed record ClaimBody(string? Machine);
