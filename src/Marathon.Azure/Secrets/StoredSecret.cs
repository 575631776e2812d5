namespace Marathon.Azure.Secrets;

/// <summary>A secret as lists show it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="CreatedAt">When it was stored.</param>
public sealed record StoredSecret(string Name, DateTimeOffset CreatedAt);
