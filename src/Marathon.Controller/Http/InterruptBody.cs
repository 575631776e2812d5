namespace Marathon.Controller.Http;

/// <summary>Body of interrupt, pause and resume; it may be left out.</summary>
/// <param name="Reason">Why, for the report.</param>
public sealed record InterruptBody(string? Reason = null);
