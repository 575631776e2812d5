namespace Marathon.Durable;

/// <param name="Output">Becomes the output of the instance.</param>
/// <param name="Recursive">Terminates the sub-orchestrations too.</param>
public sealed record TerminateInstanceOptions(object? Output = null, bool Recursive = false);
