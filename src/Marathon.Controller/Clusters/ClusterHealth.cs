namespace Marathon.Controller.Clusters;

/// <summary>Whether a cluster's processes live.</summary>
/// <param name="Alive">False when a process that should live is gone.</param>
/// <param name="Detail">Which, and what its log said last; null while all is well.</param>
public sealed record ClusterHealth(bool Alive, string? Detail = null);
