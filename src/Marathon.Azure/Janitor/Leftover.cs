namespace Marathon.Azure.Janitor;

/// <summary>Something that carries our marks and that nobody needs any more.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name; for Azure resources the whole resource id.</param>
/// <param name="RunId">The run it was made for; null where only a shortened name of it is known.</param>
/// <param name="Reason">Why it may go.</param>
public sealed record Leftover(LeftoverKind Kind, string Name, string? RunId, string Reason);
