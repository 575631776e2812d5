namespace Marathon.Azure.Costs;

/// <summary>A machine of a fleet while it was paid for.</summary>
/// <param name="Size">VM size.</param>
/// <param name="Spot">Spot, or regular priority.</param>
/// <param name="From">When it began.</param>
/// <param name="To">When it ended; null while it runs.</param>
public sealed record MachineLifetime(string Size, bool Spot, DateTimeOffset From, DateTimeOffset? To);
