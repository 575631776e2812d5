namespace Marathon.Durable;

/// <param name="Recursive">Purges the sub-orchestrations too.</param>
public sealed record PurgeInstanceOptions(bool Recursive = false);
